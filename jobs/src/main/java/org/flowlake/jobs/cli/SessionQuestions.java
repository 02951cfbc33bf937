package org.flowlake.jobs.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.flowlake.jobs.cli.session.SessionCommands;

/** Runs questions in the Spark session of this JVM, each as a job group that can be cancelled. */
final class SessionQuestions implements SessionCommands {
  /** Commands that only read a lake or raw files. */
  static final Set<String> SERVED = Set.of("dump", "top", "aggregate", "list");

  @Override
  public int run(String id, Path folder, PrintStream out, PrintStream err, List<String> words) {
    if (words.isEmpty() || !SERVED.contains(words.get(0))) {
      err.println("A resident session answers questions only: " + String.join(", ", SERVED));
      return ExitCode.USAGE;
    }
    SparkContext spark = spark();
    spark.setJobGroup(id, String.join(" ", words), true);
    CommandContext context = new CommandContext(out, err, Optional.of(folder));
    return FlowlakeCommand.execute(context, words.toArray(String[]::new));
  }

  @Override
  public void cancel(String id) {
    spark().cancelJobGroupAndFutureJobs(id);
  }

  private static SparkContext spark() {
    return SparkSessions.start("session", Optional.empty()).sparkContext();
  }
}
