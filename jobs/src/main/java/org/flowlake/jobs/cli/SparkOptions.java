package org.flowlake.jobs.cli;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.lake.SparkOnDemand;
import picocli.CommandLine.Option;

/** Where a command runs. */
final class SparkOptions {
  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master; default: all cores of this machine, or what spark-submit says.")
  private String master;

  SparkSession session(String name) {
    return SparkSessions.start(name, Optional.ofNullable(master));
  }

  /** The same, started only if the command comes to need it. */
  SparkOnDemand onDemand(String name) {
    return SparkSessions.onDemand(name, Optional.ofNullable(master));
  }
}
