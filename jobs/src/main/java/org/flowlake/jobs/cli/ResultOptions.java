package org.flowlake.jobs.cli;

import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.jobs.FlowExport;
import org.flowlake.jobs.aggregate.Aggregation;
import org.flowlake.jobs.filter.NearestWord;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.result.ResultFormat;
import org.flowlake.jobs.result.ResultLines;
import org.flowlake.jobs.result.ResultWriter;
import org.flowlake.udfs.anonymize.Anonymization;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a job's answer goes, and how it is written. */
final class ResultOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private static final String TEXT = "text";
  private static final String NFCAPD = "nfcapd";
  private static final String KNOWN = ResultFormat.known();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "text (nfdump's tables), csv, ndjson, parquet, or of flows and groups nfcapd (a file that",
        "nfdump reads); default: what the ending of --out says, else text. Columns are listed in",
        "docs/output-formats.md."
      })
  private String format;

  @Option(
      names = "--out",
      paramLabel = "FILE|DIR",
      description = "Write there, on any file system that Hadoop knows; replaced as a whole.")
  private String target;

  @Option(
      names = "--files",
      paramLabel = "N",
      description =
          "1 (default): one file. 0: a folder, with as many files as tasks; N: at most N.")
  private int files = 1;

  @Option(
      names = "--compression",
      paramLabel = "NAME[:LEVEL]",
      description = "Of nfcapd files: none (default), lzo, lz4, bz2 or zstd.")
  private String compression;

  @Mixin private AnonymizeOptions anonymize;

  /**
   * The nfcapd file that is asked for; empty where the answer is a table or text.
   *
   * @param keys what flows are aggregated by; empty for flows one by one
   * @param entries records at the most; 0 for all
   * @throws QuestionException for options that do not go with it
   */
  Optional<FlowExport> nfcapd(Optional<Aggregation> keys, Optional<RankOrder> order, int entries) {
    if (!isNfcapd()) {
      if (compression != null) {
        throw new QuestionException("--compression is of nfcapd files; add --format nfcapd");
      }
      return Optional.empty();
    }
    if (target == null) {
      throw new QuestionException("nfcapd goes to a file only; name one with --out");
    } else if (files != 1) {
      throw new QuestionException("--files is " + files + "; nfcapd makes one file");
    }
    BlockEncoding encoding =
        compression == null || compression.equals("none")
            ? BlockEncoding.NONE
            : ExportOptions.parse(compression);
    return Optional.of(
        new FlowExport(
            CommandContext.of(command).located(target),
            encoding,
            keys.map(aggregation -> aggregation),
            FlowExport.GroupRecord.KEYS,
            order,
            entries,
            anonymization()));
  }

  /**
   * How what is exported is anonymised; empty for not at all.
   *
   * @throws QuestionException if nothing is exported, or the key is none
   */
  Optional<Anonymization> anonymization() {
    Optional<Anonymization> asked = anonymize.ofFile(CommandContext.of(command)::located);
    if (asked.isPresent() && target == null) {
      throw new QuestionException(
          "--anonymize-key-file goes with --out: what is printed is not anonymised");
    }
    return asked;
  }

  private boolean isNfcapd() {
    return format == null
        ? target != null && target.endsWith("." + NFCAPD)
        : format.equalsIgnoreCase(NFCAPD);
  }

  /**
   * The table format that is asked for; empty for nfdump's text.
   *
   * @throws QuestionException for an unknown format, or one that does not go there
   */
  Optional<ResultWriter> parse(ZoneId zone) {
    if (isNfcapd()) {
      throw new QuestionException(
          "An nfcapd file holds flows, not a statistic: list and aggregate write it");
    }
    Optional<ResultFormat> ofName =
        target == null ? Optional.empty() : ResultFormat.ofFileName(target);
    if (format == null && ofName.isPresent()) {
      return Optional.of(new ResultWriter(ofName.get(), files, zone));
    }
    if (format == null || format.equalsIgnoreCase(TEXT)) {
      if (target != null) {
        throw new QuestionException(
            "--out " + target + " needs a format for programs; add --format " + KNOWN);
      }
      return Optional.empty();
    }
    ResultFormat asked = ResultFormat.find(format).orElseThrow(this::unknown);
    if (asked == ResultFormat.PARQUET && target == null) {
      throw new QuestionException("Parquet goes to files only; name one with --out");
    }
    return Optional.of(new ResultWriter(asked, files, zone));
  }

  private QuestionException unknown() {
    String all = TEXT + ", " + KNOWN + ", " + NFCAPD;
    return new QuestionException(
        "Unknown format '"
            + format
            + "'; known: "
            + all
            + NearestWord.hint(format, List.of(all.split(", "))));
  }

  /** Writes or prints the table. */
  void write(Dataset<Row> table, ResultWriter writer, PrintStream out) {
    if (target == null) {
      ResultLines.print(table, writer, out);
    } else {
      writer.write(table, CommandContext.of(command).located(target));
    }
  }
}
