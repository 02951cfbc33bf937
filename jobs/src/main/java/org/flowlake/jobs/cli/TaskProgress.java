package org.flowlake.jobs.cli;

import java.io.PrintStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * One line on the terminal that says how far the running stage is; nothing where output is kept.
 */
final class TaskProgress extends SparkListener implements AutoCloseable {
  private static final String CLEAR_LINE = "\r\033[K";

  private final SparkSession session;
  private final PrintStream terminal;
  private final long start = System.nanoTime();
  private int tasks;
  private int done;

  private TaskProgress(SparkSession session, PrintStream terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  /** Shows progress on standard error while this is open, if there is a terminal. */
  static TaskProgress onTerminal(SparkSession session) {
    TaskProgress progress = new TaskProgress(session, System.console() == null ? null : System.err);
    if (progress.terminal != null) {
      session.sparkContext().addSparkListener(progress);
    }
    return progress;
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted stage) {
    tasks = stage.stageInfo().numTasks();
    done = 0;
    show();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    done++;
    show();
  }

  private void show() {
    terminal.printf(
        "%s%d of %d tasks, %d s",
        CLEAR_LINE, done, tasks, (System.nanoTime() - start) / 1_000_000_000);
    terminal.flush();
  }

  @Override
  public synchronized void close() {
    if (terminal != null) {
      session.sparkContext().removeSparkListener(this);
      terminal.print(CLEAR_LINE);
      terminal.flush();
    }
  }
}
