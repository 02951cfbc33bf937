package org.flowlake.jobs.cli;

import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The lake that a command of upkeep works on. */
final class LakeOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private SparkOptions spark;

  @Option(
      names = "--lake",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the lake, or catalog:NAME.NAMESPACE.")
  private String lake;

  String location() {
    return lake;
  }

  SparkSession session(String name) {
    return spark.session(name);
  }

  /** Says that another writer is at work. */
  void tellWaiting() {
    spec.commandLine().getErr().println("Waiting: another command writes to " + lake);
  }
}
