package org.flowlake.jobs.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.lake.LakeExpiry;
import org.flowlake.converters.lake.LakeExpiry.RemovedDay;
import org.flowlake.jobs.question.QuestionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Old flows, past snapshots and files of dead runs go. */
@Command(
    name = "expire",
    mixinStandardHelpOptions = true,
    description = {
      "Drops days that are older than they have to be kept, snapshots that were replaced, and files",
      "that killed runs left behind. Raw files of dropped days are not converted again."
    },
    footer = {
      "",
      "Examples:",
      "  flowlake expire --lake lake --keep 400d --dry-run",
      "  flowlake expire --lake lake --keep 400d",
      "  flowlake expire --lake lake --keep 400d --keep-rollups 5y",
      "  flowlake expire --lake lake                  (drops no flows)"
    })
final class ExpireCommand implements Callable<Integer> {
  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([hdwy])");
  private static final int DAYS_PER_WEEK = 7;

  @ParentCommand private FlowlakeCommand parent;
  @Mixin private LakeOptions lake;

  @Option(
      names = "--keep",
      paramLabel = "AGE",
      description = "Keep flows of the last days (400d), weeks (60w) or years (5y); default: all.")
  private String keep;

  @Option(
      names = "--keep-rollups",
      paramLabel = "AGE",
      description =
          "Keep the sums of flows for longer, such as 5y: whole days and years of them still"
              + " answer; default: as long as the flows.")
  private String keepRollups;

  @Option(
      names = "--keep-snapshots",
      paramLabel = "AGE",
      defaultValue = "24h",
      description =
          "How long replaced snapshots stay for questions that run (h, d, w); default: 24h.")
  private String keepSnapshots;

  @Option(names = "--dry-run", description = "Only say what would go.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    LocalDate keepFrom = keep == null ? null : firstKept("--keep", keep, today);
    LocalDate keepRollupsFrom =
        keepRollups == null ? null : firstKept("--keep-rollups", keepRollups, today);
    if (keepRollupsFrom != null && (keepFrom == null || keepRollupsFrom.isAfter(keepFrom))) {
      throw new QuestionException(
          "--keep-rollups " + keepRollups + " needs a --keep that is not longer");
    }
    Duration snapshots = age("--keep-snapshots", keepSnapshots);
    SparkSession session = lake.session("expire");
    LakeExpiry.Removed removed =
        new LakeExpiry(session, lake.location(), lake::tellWaiting)
            .run(new LakeExpiry.Request(keepFrom, keepRollupsFrom, snapshots, dryRun));
    print(removed, parent.out());
    return ExitCode.OK;
  }

  /** The first day that stays. */
  private static LocalDate firstKept(String option, String age, LocalDate today) {
    return age.endsWith("y") && AGE.matcher(age).matches()
        ? today.minusYears(Long.parseLong(age.substring(0, age.length() - 1)))
        : today.minusDays(age(option, age).toDays());
  }

  private static Duration age(String option, String text) {
    Matcher age = AGE.matcher(text);
    if (!age.matches() || "y".equals(age.group(2))) {
      throw new QuestionException(
          option + " is '" + text + "'; expected a number and h, d or w, such as 400d");
    }
    long number = Long.parseLong(age.group(1));
    return switch (age.group(2)) {
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(number * DAYS_PER_WEEK);
    };
  }

  private void print(LakeExpiry.Removed removed, PrintStream out) {
    String verb = dryRun ? "Would drop" : "Dropped";
    for (RemovedDay day : removed.days()) {
      out.printf(
          Locale.ROOT,
          "%s %s: %d flows, %d files, %d bytes%n",
          verb,
          day.day(),
          day.flows(),
          day.files(),
          day.bytes());
    }
    removed.orphans().forEach(file -> out.println(verb + " " + file + ": no snapshot names it"));
    out.printf(
        Locale.ROOT,
        "%s %d days, %d flows, %d snapshots%s%n",
        verb,
        removed.days().size(),
        removed.days().stream().mapToLong(RemovedDay::flows).sum(),
        removed.snapshots(),
        dryRun ? "" : ", " + removed.orphans().size() + " files that no snapshot named");
  }
}
