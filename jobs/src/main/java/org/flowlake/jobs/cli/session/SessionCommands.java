package org.flowlake.jobs.cli.session;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** What a session runs. Commands of several clients run at the same time. */
public interface SessionCommands {
  /**
   * Runs a command to its end.
   *
   * @param id names this run in {@link #cancel}
   * @param folder what relative names start from
   * @return the exit status
   */
  int run(String id, Path folder, PrintStream out, PrintStream err, List<String> words);

  /** Ends a run early, if it has not ended yet: nobody reads its answer any more. */
  void cancel(String id);
}
