package org.flowlake.jobs.extra;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile_approx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.ExtraColumn;
import org.flowlake.jobs.rows.FlowColumns;

/**
 * The smallest value of a figure that so many percent of a group's flow records do not exceed. The
 * place of the value among the sorted ones is wrong by at most a ten-thousandth of their number,
 * and right in groups of a few thousand (Greenwald and Khanna's summary, as Spark has it): so
 * memory stays bounded however many flows a group has.
 *
 * @param figure of what
 * @param percent 0 to 100, may have decimals
 */
public record Percentile(Figure figure, String percent) implements GroupMeasure {
  private static final int ACCURACY = 10_000;

  /** What a percentile can be of. */
  public enum Figure {
    /** In and out counters added. */
    BYTES("Bytes", ExtraColumn.Kind.NUMBER),
    /** In and out counters added. */
    PACKETS("Packets", ExtraColumn.Kind.NUMBER),
    /** Last seen minus first seen, milliseconds; 0 where either is absent. */
    DURATION("Duration", ExtraColumn.Kind.MILLIS);

    private final String head;
    private final ExtraColumn.Kind kind;

    Figure(String head, ExtraColumn.Kind kind) {
      this.head = head;
      this.kind = kind;
    }
  }

  /**
   * Parses {@code bytes:50,95,99}.
   *
   * @throws QuestionException for another figure, or a number that is no percentage
   */
  public static List<Percentile> parse(String text) {
    String[] parts = text.split(":", 2);
    Figure figure = null;
    for (Figure known : Figure.values()) {
      if (known.name().equalsIgnoreCase(parts[0])) {
        figure = known;
      }
    }
    if (figure == null || parts.length == 1) {
      throw new QuestionException(
          "Percentiles '"
              + text
              + "' are not understood: expected bytes:50,95,99, packets:… or duration:…");
    }
    List<Percentile> percentiles = new ArrayList<>();
    for (String percent : parts[1].split(",", -1)) {
      if (!percent.matches("\\d{1,2}(\\.\\d{1,3})?|100")) {
        throw new QuestionException(
            "Percentile '" + percent + "' in " + text + " is no number from 0 to 100");
      }
      percentiles.add(new Percentile(figure, percent));
    }
    return percentiles;
  }

  @Override
  public ExtraColumn column() {
    String word = figure.name().toLowerCase(Locale.ROOT);
    return new ExtraColumn(
        word + "_p" + percent.replace('.', '_'), "P" + percent + " " + figure.head, figure.kind);
  }

  @Override
  public Column input(FlowColumns flows) {
    return switch (figure) {
      case BYTES -> sum(flows, FlowField.IN_BYTES, FlowField.OUT_BYTES);
      case PACKETS -> sum(flows, FlowField.IN_PACKETS, FlowField.OUT_PACKETS);
      case DURATION -> CounterColumns.durationMillis(flows);
    };
  }

  private static Column sum(FlowColumns flows, FlowField in, FlowField out) {
    return orZero(flows.number(in)).plus(orZero(flows.number(out)));
  }

  private static Column orZero(Column counter) {
    return functions.coalesce(counter, lit(0L));
  }

  @Override
  public Column result(Column input) {
    return percentile_approx(input, lit(Double.parseDouble(percent) / 100), lit(ACCURACY));
  }
}
