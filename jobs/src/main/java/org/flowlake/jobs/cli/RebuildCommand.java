package org.flowlake.jobs.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.LakeRebuild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A day's flows anew from raw files. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Replaces a day's flows by those of the raw files that they came from, in one commit.",
      "Refuses where a raw file is gone or has changed, and names it."
    },
    footer = {
      "",
      "Examples:",
      "  flowlake rebuild --lake lake 2024-03-12 --dry-run",
      "  flowlake rebuild --lake lake 2024-03-12"
    })
final class RebuildCommand implements Callable<Integer> {
  @ParentCommand private FlowlakeCommand parent;
  @Mixin private LakeOptions lake;
  @Mixin private AnonymizeOptions anonymize;

  @Option(
      names = "--damage",
      paramLabel = "fail|skip",
      description = "As the day's files were converted: fail (default), or skip.")
  private DamagePolicy damage = DamagePolicy.FAIL;

  @Option(names = "--dry-run", description = "Only say what would be done, and whether it can be.")
  private boolean dryRun;

  @Parameters(
      arity = "1",
      paramLabel = "DAY",
      description = "Day of first seen, UTC, such as 2024-03-12.")
  private LocalDate day = LocalDate.EPOCH;

  @Override
  public Integer call() throws IOException {
    SparkSession session = lake.session("rebuild");
    LakeRebuild.Rebuilt rebuilt =
        new LakeRebuild(session, lake.location(), lake::tellWaiting)
            .run(new LakeRebuild.Request(day, damage, anonymize.ofFileOrEnvironment(), dryRun));
    PrintStream out = parent.out();
    if (dryRun) {
      out.printf(
          Locale.ROOT,
          "Would read %d raw files and replace %d flows in %d files of %s%n",
          rebuilt.rawFiles(),
          rebuilt.flowsBefore(),
          rebuilt.filesBefore(),
          day);
    } else {
      out.printf(
          Locale.ROOT,
          "Rebuilt %s from %d raw files: %d flows in %d files became %d in %d%n",
          day,
          rebuilt.rawFiles(),
          rebuilt.flowsBefore(),
          rebuilt.filesBefore(),
          rebuilt.flowsAfter(),
          rebuilt.filesAfter());
    }
    return ExitCode.OK;
  }
}
