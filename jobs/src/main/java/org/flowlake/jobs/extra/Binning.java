package org.flowlake.jobs.extra;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.ExtraColumn;
import org.flowlake.jobs.rows.FlowColumns;
import org.flowlake.jobs.rows.NativeCall;

/**
 * How flows are put into bins of time.
 *
 * @param bin the bins
 * @param by what decides
 */
public record Binning(TimeBin bin, By by) {
  /** The column of groups with the start of their bin. */
  public static final ExtraColumn COLUMN =
      new ExtraColumn("bin", "Bin                    ", ExtraColumn.Kind.TIME);

  private static final String FIRST = "_whole_first";
  private static final String LAST = "_whole_last";
  private static final List<FlowField> SPREAD =
      List.of(FlowField.IN_PACKETS, FlowField.IN_BYTES, FlowField.OUT_PACKETS, FlowField.OUT_BYTES);

  /** What decides in which bin a flow lies. */
  public enum By {
    /** A flow lies in the bin of its first seen as a whole. */
    START,
    /**
     * Packets and bytes are spread evenly from first to last seen; as a flow it counts in the bin
     * of its first seen.
     */
    DURATION;

    /**
     * The value of this name.
     *
     * @throws QuestionException if there is none
     */
    public static By of(String name) {
      for (By by : values()) {
        if (by.name().equalsIgnoreCase(name)) {
          return by;
        }
      }
      throw new QuestionException(
          "--bin-by is '"
              + name
              + "'; expected "
              + START.name().toLowerCase(Locale.ROOT)
              + " or "
              + DURATION.name().toLowerCase(Locale.ROOT));
    }
  }

  /** The flows with the start of their bin, or their parts with those of theirs. */
  Dataset<Row> of(Dataset<Row> flows) {
    return by == By.START
        ? flows.withColumn(COLUMN.rowName(), start(time(flows, FlowField.FIRST_SEEN)))
        : spread(flows);
  }

  private Dataset<Row> spread(Dataset<Row> flows) {
    Column first = col(FIRST);
    Column last = col(LAST);
    Column bin = col(COLUMN.rowName());
    Dataset<Row> parts =
        flows
            .withColumn(FIRST, time(flows, FlowField.FIRST_SEEN))
            .withColumn(LAST, greatest(time(flows, FlowField.LAST_SEEN), first))
            .withColumn(
                COLUMN.rowName(),
                explode(
                    NativeCall.on(
                        this.bin,
                        "starts",
                        DataTypes.createArrayType(DataTypes.LongType, false),
                        List.of(first, last))));
    Column from = greatest(first, bin);
    Column to = least(last, NativeCall.on(this.bin, "end", DataTypes.LongType, List.of(bin)));
    FlowColumns columns = new FlowColumns(flows.schema());
    Column begins = bin.leq(first);
    String records = CounterColumns.names().get(CounterColumns.RECORDS);
    String counted = CounterColumns.names().get(CounterColumns.FLOWS);
    parts =
        parts
            .withColumn(records, when(begins, 1L).otherwise(0L))
            .withColumn(counted, when(begins, CounterColumns.flows(columns)).otherwise(0L));
    for (FlowField field : SPREAD) {
      if (columns.has(field)) {
        Column share =
            NativeCall.ofStatic(
                CounterShare.class,
                "of",
                DataTypes.LongType,
                List.of(
                    columns.number(field), from.minus(first), to.minus(first), last.minus(first)));
        parts = parts.withColumn(field.column(), share);
      }
    }
    return parts
        .withColumn(FlowField.FIRST_SEEN.column(), timestamp_micros(from))
        .withColumn(FlowField.LAST_SEEN.column(), timestamp_micros(to));
  }

  private Column start(Column time) {
    return NativeCall.on(bin, "start", DataTypes.LongType, List.of(time));
  }

  /** An absent time counts as 0, as in nfdump. */
  private static Column time(Dataset<Row> flows, FlowField field) {
    return coalesce(unix_micros(new FlowColumns(flows.schema()).of(field)), lit(0L));
  }
}
