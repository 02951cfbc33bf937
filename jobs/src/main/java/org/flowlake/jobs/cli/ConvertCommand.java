package org.flowlake.jobs.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.lake.ConversionSummary;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.report.ConversionReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Raw flow files into a lake. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Converts raw nfcapd files into a lake: Parquet in an Iceberg table, partitioned by day.",
      "A file is known by its content: converting it again adds nothing, and files whose path,",
      "size and time are known are not opened. A file that has changed is replaced."
    },
    footer = {
      "",
      "Examples:",
      "  flowlake convert --lake lake netflow/",
      "  flowlake convert --lake lake --max-bytes 200g /archive/2019",
      "  flowlake convert --lake lake --watch --damage skip /var/cache/nfdump",
      "  flowlake convert --lake hdfs:///flows/lake --damage skip '/data/*/nfcapd.202403*'",
      "  flowlake convert --lake catalog:glue.netflow s3a://bucket/nfcapd/2024/03/",
      "  flowlake convert --lake shared --anonymize-key-file /etc/flowlake/key netflow/"
    })
final class ConvertCommand implements Callable<Integer> {
  @ParentCommand private FlowlakeCommand parent;
  @Spec private CommandSpec spec;
  @Mixin private SparkOptions spark;
  @Mixin private AnonymizeOptions anonymize;

  @Option(
      names = "--lake",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of the lake, made if it is not there; or catalog:NAME.NAMESPACE for a catalog"
              + " that spark.sql.catalog.NAME settings define.")
  private String lake;

  @Option(
      names = "--damage",
      paramLabel = "fail|skip",
      defaultValue = "fail",
      description =
          "On a damaged or foreign file: fail and convert nothing of its batch (default), or skip"
              + " what cannot be trusted and report it.")
  private String damage;

  @Option(
      names = "--accept-mismatch",
      description =
          "Also convert files whose flows do not add up to their own statistics record; the lake's"
              + " table of sources keeps both figures.")
  private boolean acceptMismatch;

  @Mixin private ScopeOptions scope;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "nfcapd files, folders or globs, on any file system that Hadoop knows.")
  private List<String> inputs = List.of();

  @Override
  public Integer call() throws IOException {
    ConversionRequest request =
        new ConversionRequest(
            lake,
            inputs,
            damagePolicy(),
            acceptMismatch ? MismatchPolicy.ACCEPT : MismatchPolicy.FAIL,
            scope.scope(),
            anonymize.ofFileOrEnvironment());
    SparkSession session = spark.session("convert");
    ConversionProgress progress = new ConversionProgress(lake, spec.commandLine().getErr());
    if (!scope.watches()) {
      convert(session, request, progress);
      return ExitCode.OK;
    }
    FolderWatch watch = FolderWatch.start(scope.everySeconds());
    do {
      convert(session, request, progress.until(watch::isEnding));
    } while (watch.waitForNext());
    return ExitCode.OK;
  }

  private void convert(SparkSession session, ConversionRequest request, ConversionProgress progress)
      throws IOException {
    ConversionSummary summary;
    try (TaskProgress ignored = TaskProgress.onTerminal(session)) {
      summary = new LakeConversion(session, request, progress).run();
    }
    if (!scope.watches() || summary.filesConverted() > 0 || !summary.notes().isEmpty()) {
      ConversionReport.print(summary, parent.out());
      parent.out().flush();
    }
  }

  private DamagePolicy damagePolicy() {
    try {
      return DamagePolicy.valueOf(damage.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new QuestionException("--damage is '" + damage + "'; known: fail, skip");
    }
  }
}
