package org.flowlake.jobs.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.FlowFileInput;
import org.flowlake.converters.nfcapd.NfcapdFile;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.HadoopFlowFile;
import org.flowlake.jobs.FlowSource;
import org.flowlake.jobs.InputException;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RawFileSummary;
import org.flowlake.jobs.report.FileStatisticsReport;
import org.flowlake.jobs.report.RawFileReport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Questions about raw files instead of flows. */
final class InspectionOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "-I",
      description = "Sums of the files' own statistics; of a lake: of the files converted.")
  private boolean sum;

  @Option(
      names = "-g",
      description = "A line per file for gnuplot: time of its name, flows, packets, bytes.")
  private boolean perFile;

  @Option(names = "-E", paramLabel = "FILE", description = "Exporters of a file, and samplers.")
  private String exportersOf;

  @Option(
      names = "-v",
      paramLabel = "FILE",
      description = "Verify a file: read it to its end, print its header and its records.")
  private String verified;

  /** Whether a single file is asked about, which needs neither an input nor Spark. */
  boolean asksOneFile() {
    return exportersOf != null || verified != null;
  }

  /** Whether the files of the input are asked about. */
  boolean asksFiles() {
    return sum || perFile;
  }

  void answer(FlowSource source, PrintStream out) {
    List<RawFileSummary> files = source.files();
    if (files.isEmpty()) {
      throw new InputException(
          "Nothing is known of raw files behind this input; expected raw files" + " or a lake");
    }
    FileStatisticsReport report = new FileStatisticsReport(out);
    if (sum) {
      report.printSum(files);
    } else {
      report.printPerFile(files);
    }
  }

  void answerOneFile(OutputOptions output, PrintStream out) throws IOException {
    if (exportersOf != null && verified != null) {
      throw new QuestionException("-E and -v are mutually exclusive. Please ask one at a time");
    }
    String name = exportersOf == null ? verified : exportersOf;
    FlowFileEntry entry = entry(CommandContext.of(command).located(name));
    RawFileReport report = new RawFileReport(out);
    try (FlowFileInput input = HadoopFlowFile.open(entry, new Configuration());
        NfcapdFile file = NfcapdFile.open(input, DamagePolicy.FAIL)) {
      if (exportersOf == null) {
        report.printVerified(file, name, entry.bytes(), output.zone());
      } else {
        report.printExporters(file.inspect());
      }
    }
  }

  private static FlowFileEntry entry(String name) {
    Path path = new Path(name);
    try {
      FileStatus status = path.getFileSystem(new Configuration()).getFileStatus(path);
      if (status.isDirectory()) {
        throw new InputException(name + " is a folder; -E and -v look at one raw file");
      }
      return new FlowFileEntry(
          status.getPath().toString(), status.getLen(), status.getModificationTime());
    } catch (FileNotFoundException e) {
      throw new InputException(name + " is not a file", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
