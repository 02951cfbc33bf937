package org.flowlake.jobs.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.lake.LakeCompaction;
import org.flowlake.converters.lake.LakeCompaction.CompactedDay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Few large files in the place of many small ones. */
@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    description = {
      "Puts the small files of closed days together into sorted files of up to 256 MB, and what",
      "conversions have added to rollups, ledger and metadata. What needs nothing is left alone;",
      "flows and answers stay the same.",
      "",
      "As many days are at work at once as the session runs tasks (all cores, if --master says",
      "nothing else), each is committed for itself and named once it is. A run that was ended",
      "loses the days at hand only, and the next one does them; a day that fails is named, and",
      "the others are done all the same."
    },
    footer = {"", "Example, after the last conversion of a day:", "  flowlake compact --lake lake"})
final class CompactCommand implements Callable<Integer> {
  @ParentCommand private FlowlakeCommand parent;
  @Mixin private LakeOptions lake;

  @Option(
      names = "--before",
      paramLabel = "DAY",
      description = "Compact days before this one, such as 2012-04-03 (UTC); default: today.")
  private LocalDate before = LocalDate.now(ZoneOffset.UTC);

  @Override
  public Integer call() throws IOException {
    SparkSession session = lake.session("compact");
    PrintStream out = parent.out();
    List<CompactedDay> days =
        new LakeCompaction(session, lake.location(), lake::tellWaiting)
            .run(before, new Progress(out));
    out.printf(Locale.ROOT, "Compacted %d days%n", days.size());
    return ExitCode.OK;
  }

  private record Progress(PrintStream out) implements LakeCompaction.Listener {
    @Override
    public void day(CompactedDay day) {
      out.printf(
          Locale.ROOT,
          "%s %d files of %d bytes became %d%n",
          day.day(),
          day.filesBefore(),
          day.bytesBefore(),
          day.filesAfter());
      out.flush();
    }

    @Override
    public void merged(String what, int filesBefore, int filesAfter) {
      out.printf(Locale.ROOT, "%s: %d files became %d%n", what, filesBefore, filesAfter);
      out.flush();
    }
  }
}
