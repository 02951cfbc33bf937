package org.flowlake.jobs.cli;

import org.flowlake.jobs.rollup.RollupUse;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether the rollups of a lake may answer; standard error says so when they do. */
final class RollupOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--no-rollup",
      description = "Read the flows, even where the lake has their sums. The answer is the same.")
  private boolean noRollup;

  RollupUse use() {
    CommandLine line = command.commandLine();
    RollupUse use =
        noRollup
            ? RollupUse.none()
            : RollupUse.telling(
                names -> line.getErr().println("Answered by rollup " + String.join(", ", names)),
                days ->
                    line.getErr()
                        .println(
                            "Flows of "
                                + days
                                + (days == 1 ? " day" : " days")
                                + ", by rollup hosts"));
    return use.tellingOfDropped(
        (since, rollups) ->
            line.getErr()
                .println(
                    "Flows before "
                        + since
                        + " were dropped"
                        + (rollups
                            ? ": of earlier time whole days are counted, by rollups, and no parts"
                            : " and are not counted")));
  }
}
