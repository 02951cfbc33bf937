package org.flowlake.jobs.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.report.SourcesReport;
import org.flowlake.jobs.sources.CollectedFiles;
import org.flowlake.jobs.sources.SourceDays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What came from whom, and what did not. */
@Command(
    name = "sources",
    mixinStandardHelpOptions = true,
    description = {
      "Lists per day and exporter: raw files, those that are missing between others, flows, export",
      "packets, gaps in sequence numbers, sampling, and how complete this makes the day at most.",
      "Only the ledger is read. Days are those of UTC."
    },
    footer = {
      "",
      "Examples:",
      "  flowlake sources --lake lake --from 2024-03-01",
      "  flowlake sources --lake lake --gaps --tz UTC",
      "  flowlake sources --lake lake -o csv > completeness.csv"
    })
final class SourcesCommand implements Callable<Integer> {
  @ParentCommand private FlowlakeCommand parent;
  @Mixin private LakeOptions lake;

  @Option(names = "--from", paramLabel = "DAY", description = "Only this day and later ones.")
  private LocalDate from = LocalDate.MIN;

  @Option(names = "--to", paramLabel = "DAY", description = "Only days up to this one, inclusive.")
  private LocalDate to = LocalDate.MAX;

  @Option(names = "--gaps", description = "List the times whose files are missing.")
  private boolean gaps;

  @Option(
      names = "-o",
      paramLabel = "text|csv|json",
      description = "How it is written; default: text.")
  private String format = "text";

  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      description = "Time zone of the names of raw files, and of gaps; default: the system's (TZ).")
  private ZoneId zone = ZoneId.systemDefault();

  @Override
  public Integer call() throws IOException {
    SourcesReport report = new SourcesReport(parent.out(), form(), zone);
    SparkSession session = lake.session("sources");
    SourceDays days =
        new SourceDays(CollectedFiles.of(FlowLake.open(session, lake.location())), zone);
    if (gaps) {
      report.printGaps(
          days.gaps().stream()
              .filter(gap -> isAsked(LocalDate.ofInstant(gap.from(), ZoneOffset.UTC)))
              .toList());
    } else {
      report.printDays(days.rows().stream().filter(row -> isAsked(row.day())).toList());
    }
    return ExitCode.OK;
  }

  private boolean isAsked(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }

  private SourcesReport.Form form() {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "text" -> SourcesReport.Form.TEXT;
      case "csv" -> SourcesReport.Form.CSV;
      case "json" -> SourcesReport.Form.JSON;
      default -> throw new QuestionException("-o is '" + format + "'; known: text, csv, json");
    };
  }
}
