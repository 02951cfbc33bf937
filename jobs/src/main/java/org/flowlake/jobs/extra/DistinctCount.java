package org.flowlake.jobs.extra;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.hll_sketch_agg;
import static org.apache.spark.sql.functions.hll_sketch_estimate;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.question.CounterSide;
import org.flowlake.jobs.question.Measure;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;
import org.flowlake.jobs.rows.ExtraColumn;
import org.flowlake.jobs.rows.FlowColumns;

/**
 * How many different values a field has in the flows of a group.
 *
 * @param values of what
 * @param counting exactly or not
 */
public record DistinctCount(Values values, Counting counting) implements GroupMeasure {
  /** 2^12 registers: a standard error of 1.04 / sqrt(4096), which is 1.6 %. */
  private static final int LOG2_REGISTERS = 12;

  /** How values are counted. */
  public enum Counting {
    /** One by one; Spark groups by group and value first, and spills what memory does not hold. */
    EXACT,
    /** By a HyperLogLog sketch of at most 4 KB per group (Apache DataSketches). */
    APPROXIMATE
  }

  /** What can be counted; the names are those of orders too. */
  public enum Values {
    SRCIPS(FlowField.SRC_ADDR, "Src IPs"),
    DSTIPS(FlowField.DST_ADDR, "Dst IPs"),
    SRCPORTS(FlowField.SRC_PORT, "Src Ports"),
    DSTPORTS(FlowField.DST_PORT, "Dst Ports"),
    PROTOS(FlowField.PROTO, "Protos");

    private final FlowField field;
    private final String head;

    Values(FlowField field, String head) {
      this.field = field;
      this.head = head;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** All names, for messages. */
    public static String known() {
      return Arrays.stream(values()).map(Values::word).collect(Collectors.joining(" "));
    }

    /** The values of this name, {@code srcips}, in either case. */
    public static Optional<Values> find(String name) {
      return Arrays.stream(values())
          .filter(values -> values.word().equalsIgnoreCase(name))
          .findFirst();
    }

    /**
     * The values of this name, also in the singular: {@code srcip}.
     *
     * @throws QuestionException if there are none
     */
    public static Values of(String name) {
      return find(name)
          .or(() -> find(name + "s"))
          .orElseThrow(
              () ->
                  new QuestionException(
                      "Unknown values '" + name + "' to count; known: " + known()));
    }

    /** The order by their number. */
    public RankOrder rank(SortDirection direction) {
      return new RankOrder(word(), Measure.EXTRA, CounterSide.BOTH, direction);
    }
  }

  @Override
  public ExtraColumn column() {
    return new ExtraColumn(values.word(), values.head, ExtraColumn.Kind.NUMBER);
  }

  /** As in nfdump's statistics, a flow without a port counts as one of port 0. */
  @Override
  public Column input(FlowColumns flows) {
    return values.field == FlowField.SRC_ADDR || values.field == FlowField.DST_ADDR
        ? flows.of(values.field)
        : coalesce(flows.number(values.field), lit(0L));
  }

  @Override
  public Column result(Column input) {
    return counting == Counting.EXACT
        ? count_distinct(input)
        : hll_sketch_estimate(hll_sketch_agg(input, LOG2_REGISTERS));
  }
}
