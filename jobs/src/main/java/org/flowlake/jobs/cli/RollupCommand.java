package org.flowlake.jobs.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.lake.LakeRollups;
import org.flowlake.converters.rollup.Rollup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The sums that a lake keeps: which are used, and how to get them back. */
@Command(
    name = "rollup",
    mixinStandardHelpOptions = true,
    description = {
      "Says which sums of flows (rollups) answer questions to a lake. Conversions keep them; after",
      "a changed raw file, an expiry or another program's writing they are not used until they are",
      "made anew from the flows."
    },
    footer = {
      "",
      "Examples:",
      "  flowlake rollup --lake lake",
      "  flowlake rollup --lake lake --rebuild"
    })
final class RollupCommand implements Callable<Integer> {
  @ParentCommand private FlowlakeCommand parent;
  @Mixin private LakeOptions lake;

  @Option(names = "--rebuild", description = "Make them anew from all flows of the lake.")
  private boolean rebuild;

  @Override
  public Integer call() throws IOException {
    SparkSession session = lake.session("rollup");
    LakeRollups rollups = new LakeRollups(session, lake.location(), lake::tellWaiting);
    if (rebuild) {
      LakeRollups.Rebuilt made = rollups.rebuild();
      parent.out().printf(Locale.ROOT, "Summed %d flows%n", made.flows());
      if (!made.tooLarge().isEmpty()) {
        parent
            .out()
            .println(
                "Not kept, with more rows than a fifth of the flows: " + names(made.tooLarge()));
      }
    }
    Set<Rollup> usable = rollups.usable();
    parent
        .out()
        .println(
            usable.isEmpty()
                ? "No rollups stand for the flows of "
                    + lake.location()
                    + ": questions read the flows"
                : "Rollups in use: " + names(usable));
    return ExitCode.OK;
  }

  private static String names(Set<Rollup> rollups) {
    return rollups.stream().sorted().map(Rollup::word).collect(Collectors.joining(", "));
  }
}
