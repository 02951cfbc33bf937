package org.flowlake.jobs.cli;

import java.time.ZoneId;
import org.flowlake.jobs.FlowQuery;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether an answer says how complete the flows are that it was made from. */
final class CompletenessOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--completeness",
      description =
          "Add a closing line: how much of the time asked for the lake's raw files cover, at most"
              + " (see flowlake sources). Where an answer has no closing lines it goes to standard"
              + " error.")
  private boolean asked;

  /**
   * Says it, if it is asked for; after the answer.
   *
   * @param closing whether the answer ended with closing lines
   * @param zone of the names of raw files
   */
  void print(FlowQuery query, boolean closing, ZoneId zone) {
    if (!asked) {
      return;
    }
    String line = query.completeness(zone).line();
    if (closing) {
      CommandContext.of(command).out().print(line + "\n");
    } else {
      CommandLine caller = command.commandLine();
      caller.getErr().println(line);
    }
  }
}
