package org.flowlake.jobs.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.flowlake.converters.lake.SparkOnDemand;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.FlowSource;
import org.flowlake.jobs.filter.FilterSettings;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.list.TimeExpression;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.QuestionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What flows a job looks at. */
final class JobInputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--lake",
      paramLabel = "LOCATION",
      description = "The lake: its folder, or catalog:NAME.NAMESPACE.")
  private String lake;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description = "Raw files, folders or globs, or a folder of Parquet files, without a lake.")
  private List<String> inputs = List.of();

  @Option(names = "--filter", paramLabel = "FILTER", description = "Only flows that match it.")
  private String filter;

  @Option(names = "--filter-file", paramLabel = "FILE", description = "Read the filter from it.")
  private Path filterFile;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = {
        "Only flows first seen at this time or later: 2012-04-03, 2012-04-03T16:30,",
        "2012-04-03T16:30:00Z, now, today, yesterday, -7d (s, m, h, d, w)."
      })
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Only flows first seen before this time, which is not part of the period.")
  private String to;

  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      description = "In place of both: 2012-04-03, 2012-04, 2012, yesterday, START/END, START/P1D.")
  private String period;

  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      description = "Time zone of given and printed times and of days; default: UTC.")
  private ZoneId zone = ZoneOffset.UTC;

  ZoneId zone() {
    return zone;
  }

  /** Everything that can be wrong with the options, before anything is started. */
  Parsed parse(Instant now) {
    if (lake == null && inputs.isEmpty()) {
      throw new QuestionException("Need an input: --lake LOCATION or --input PATH");
    }
    if (lake != null && !inputs.isEmpty()) {
      throw new QuestionException("--lake and --input are mutually exclusive");
    }
    if (filter != null && filterFile != null) {
      throw new QuestionException("--filter and --filter-file are mutually exclusive");
    }
    return new Parsed(parsedFilter(), window(new TimeExpression(zone, now)));
  }

  /**
   * The parsed options.
   *
   * @param window null for all times
   */
  record Parsed(FlowFilter filter, TimeWindow window) {}

  FlowQuery query(SparkOnDemand spark, Parsed parsed) {
    CommandContext context = CommandContext.of(command);
    FlowSource source;
    if (lake != null) {
      source = FlowSource.lake(spark, context.located(lake));
    } else if (inputs.size() == 1) {
      source = FlowSource.detect(spark, context.located(inputs.get(0)));
    } else {
      source = FlowSource.raw(spark.session(), inputs.stream().map(context::located).toList());
    }
    FlowQuery query = FlowQuery.on(source).filter(parsed.filter());
    return parsed.window() == null ? query : query.window(parsed.window());
  }

  private FlowFilter parsedFilter() {
    CommandContext context = CommandContext.of(command);
    FilterSettings settings = FilterSettings.local().withIncludes(context.includes());
    return filterFile == null
        ? FlowFilter.parse(filter == null ? "" : filter, settings)
        : FilterFile.read(context.located(filterFile), settings);
  }

  private TimeWindow window(TimeExpression times) {
    if (period != null) {
      if (from != null || to != null) {
        throw new QuestionException("--period stands in place of --from and --to");
      }
      return times.period(period);
    }
    if (from == null && to == null) {
      return null;
    }
    Instant start = from == null ? Instant.EPOCH : times.point(from);
    return to == null
        ? TimeWindow.ofFirstSeen(start.toEpochMilli(), Long.MAX_VALUE)
        : TimeExpression.between(from + "/" + to, start, times.point(to));
  }
}
