package org.flowlake.jobs.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.converters.lake.LakeVerification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Whether the lake holds what its ledger says. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Counts flows, packets and bytes by protocol of every raw file again, in the lake, and",
      "compares them with the ledger, and the rollups of each day with its flows. Exit status 4 if",
      "anything differs."
    },
    footer = {
      "",
      "Examples:",
      "  flowlake verify --lake lake",
      "  flowlake verify --lake lake --raw"
    })
final class VerifyCommand implements Callable<Integer> {
  @ParentCommand private FlowlakeCommand parent;
  @Mixin private LakeOptions lake;

  @Option(
      names = "--raw",
      description = "Also read the raw files again, those that are still where they were.")
  private boolean raw;

  @Override
  public Integer call() throws IOException {
    SparkSession session = lake.session("verify");
    LakeVerification.Outcome outcome =
        new LakeVerification(session, FlowLake.open(session, lake.location())).run(raw);
    PrintStream out = parent.out();
    outcome.differences().forEach(out::println);
    out.printf(
        Locale.ROOT,
        "Verified %d raw files with %d flows in the lake: %d differences%n",
        outcome.sources(),
        outcome.flows(),
        outcome.differences().size());
    if (outcome.expired() > 0) {
      out.printf(
          Locale.ROOT,
          "%d of them are of dropped days: their rest was checked not to exceed the ledger%n",
          outcome.expired());
    }
    if (outcome.rollupDays() > 0) {
      out.printf(
          Locale.ROOT,
          "Compared the rollups of %d days with the flows; of %d days the flows were dropped%n",
          outcome.rollupDays(),
          outcome.outlivingDays());
    }
    if (raw) {
      out.printf(
          Locale.ROOT,
          "Read %d raw files again; %d are no longer there%n",
          outcome.rawFiles(),
          outcome.rawGone());
    }
    return outcome.differences().isEmpty() ? ExitCode.OK : ExitCode.DATA;
  }
}
