package org.flowlake.jobs.report;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flowlake.jobs.sources.Completeness;
import org.flowlake.jobs.sources.ExporterDay;
import org.flowlake.jobs.sources.SourceGap;

/** Prints what exporters delivered, and where files are missing. */
public final class SourcesReport {
  private static final List<String> DAYS =
      List.of(
          "day",
          "collector",
          "exporter",
          "files",
          "missing",
          "flows",
          "packets",
          "sequence_failures",
          "sampling",
          "complete");
  private static final List<String> GAPS = List.of("from", "end", "collector", "files");

  private final PrintStream out;
  private final Form form;
  private final DateTimeFormatter times;

  /** How it is written. */
  public enum Form {
    TEXT,
    CSV,
    JSON
  }

  /**
   * A report.
   *
   * @param zone of printed times; days are those of UTC
   */
  public SourcesReport(PrintStream out, Form form, ZoneId zone) {
    this.out = out;
    this.form = form;
    this.times = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(zone);
  }

  /** A row per day, collector and exporter. */
  public void printDays(List<ExporterDay> days) {
    print(DAYS, days.stream().map(SourcesReport::cells).toList());
  }

  /** A row per gap. */
  public void printGaps(List<SourceGap> gaps) {
    print(
        GAPS,
        gaps.stream()
            .map(
                gap ->
                    List.<Object>of(
                        time(gap.from()), time(gap.end()), gap.collector(), gap.files()))
            .toList());
  }

  private String time(Instant instant) {
    return times.format(instant);
  }

  private static List<Object> cells(ExporterDay day) {
    return List.of(
        day.day().toString(),
        day.collector(),
        day.exporter(),
        day.files(),
        day.missing(),
        day.flows(),
        day.packets().isPresent() ? (Object) day.packets().getAsLong() : "unknown",
        day.sequenceFailures(),
        day.sampling(),
        Completeness.percent(day.share()));
  }

  private void print(List<String> names, List<List<Object>> rows) {
    switch (form) {
      case CSV -> {
        out.print(String.join(",", names) + "\n");
        rows.forEach(row -> out.print(csv(row) + "\n"));
      }
      case JSON -> printJson(names, rows);
      default -> printText(names, rows);
    }
  }

  private static String csv(List<Object> row) {
    List<String> cells = new ArrayList<>();
    for (Object cell : row) {
      String text = cell.toString();
      cells.add(text.matches("(?s).*[,\"\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }
    return String.join(",", cells);
  }

  private void printJson(List<String> names, List<List<Object>> rows) {
    StringBuilder json = new StringBuilder("[");
    for (int row = 0; row < rows.size(); row++) {
      json.append(row == 0 ? "\n  {" : ",\n  {");
      for (int i = 0; i < names.size(); i++) {
        json.append(i == 0 ? "\"" : ", \"").append(names.get(i)).append("\": ");
        Object cell = rows.get(row).get(i);
        if (cell instanceof Number) {
          json.append(cell);
        } else {
          JsonObject.quote(json, cell.toString());
        }
      }
      json.append('}');
    }
    out.print(json.append(rows.isEmpty() ? "]\n" : "\n]\n"));
  }

  private void printText(List<String> names, List<List<Object>> rows) {
    int[] widths = names.stream().mapToInt(String::length).toArray();
    for (List<Object> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).toString().length());
      }
    }
    out.print(line(List.copyOf(names), widths));
    rows.forEach(row -> out.print(line(row, widths)));
  }

  private static String line(List<?> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      boolean right = cells.get(i) instanceof Number;
      line.append(i == 0 ? "" : "  ")
          .append(String.format(Locale.ROOT, (right ? "%" : "%-") + widths[i] + "s", cells.get(i)));
    }
    return line.toString().stripTrailing() + "\n";
  }
}
