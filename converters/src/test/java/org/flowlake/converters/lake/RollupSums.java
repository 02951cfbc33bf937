package org.flowlake.converters.lake;

import static java.util.stream.Collectors.groupingBy;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupPeriod;
import org.flowlake.converters.rollup.RollupTable;

/** Rows of rollups beside sums over the flows, both added up here, one row after the other. */
final class RollupSums {
  private RollupSums() {}

  static void assertThatRowsAreSums(FlowLake lake, Set<Rollup> rollups) {
    List<Row> flows = lake.flows().select(columns(lake.flows(), rollups)).collectAsList();
    Map<String, List<Row>> stored =
        lake.rollups().collectAsList().stream()
            .collect(groupingBy(row -> row.getAs(RollupTable.ROLLUP)));
    for (Rollup rollup : rollups) {
      for (RollupPeriod period : RollupPeriod.values()) {
        List<Row> rows = stored.getOrDefault(RollupTable.name(rollup, period), List.of());
        rows.forEach(row -> assertThat(date(row)).isEqualTo(start(row, period)));
        assertThat(sums(rows, rollup, period))
            .as("%s per %s", rollup, period)
            .isEqualTo(sums(flows, rollup, period));
      }
    }
  }

  /** What sums need of the flows; fields that no file of the lake carries are null. */
  private static Column[] columns(Dataset<Row> flows, Set<Rollup> rollups) {
    Set<FlowField> fields = EnumSet.of(FlowField.FIRST_SEEN, FlowField.LAST_SEEN);
    fields.addAll(RollupTable.VALUES);
    rollups.forEach(rollup -> fields.addAll(rollup.keys()));
    Set<String> present = Set.copyOf(Arrays.asList(flows.columns()));
    return fields.stream()
        .map(FlowField::column)
        .map(name -> present.contains(name) ? col(name) : lit(null).as(name))
        .toArray(Column[]::new);
  }

  /** By key; batches add rows of their own, so a rollup's rows are summed too. */
  private static Map<String, Sums> sums(List<Row> rows, Rollup rollup, RollupPeriod period) {
    Map<String, Sums> sums = new TreeMap<>();
    for (Row row : rows) {
      sums.computeIfAbsent(key(row, rollup, period), key -> new Sums()).add(row);
    }
    return sums;
  }

  private static String key(Row row, Rollup rollup, RollupPeriod period) {
    Instant first = time(row, FlowField.FIRST_SEEN);
    LocalDate start = start(row, period);
    boolean atStart = first != null && first.equals(start.atStartOfDay().toInstant(ZoneOffset.UTC));
    String keys =
        rollup.keys().stream()
            .map(field -> text(row.getAs(field.column())))
            .collect(Collectors.joining(" "));
    return start + " " + keys + " " + start(time(row, FlowField.LAST_SEEN), period) + " " + atStart;
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? HexFormat.of().formatHex(bytes)
        : Objects.toString(value);
  }

  private static LocalDate date(Row rollup) {
    java.sql.Date date = rollup.getAs(RollupTable.DATE);
    return date == null ? null : date.toLocalDate();
  }

  private static LocalDate start(Row row, RollupPeriod period) {
    return start(time(row, FlowField.FIRST_SEEN), period);
  }

  /** First day of the period, UTC; null for no time. */
  private static LocalDate start(Instant time, RollupPeriod period) {
    if (time == null) {
      return null;
    }
    LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
    return period == RollupPeriod.DAY ? day : day.withDayOfYear(1);
  }

  private static Instant time(Row row, FlowField field) {
    Timestamp time = row.getAs(field.column());
    return time == null ? null : time.toInstant();
  }

  /** Of flows, or of rows that stand for some. */
  private static final class Sums {
    private long records;
    private long flows;
    private final long[] counters = new long[4];
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros = Long.MIN_VALUE;
    private Integer flags;

    void add(Row row) {
      boolean isFlow = !Arrays.asList(row.schema().fieldNames()).contains(RollupTable.RECORDS);
      records += isFlow ? 1 : row.<Long>getAs(RollupTable.RECORDS);
      // A record that states no number of flows, or 0, is one flow.
      long stated = counter(row, FlowField.FLOWS);
      flows += isFlow && stated == 0 ? 1 : stated;
      counters[0] += counter(row, FlowField.IN_PACKETS);
      counters[1] += counter(row, FlowField.IN_BYTES);
      counters[2] += counter(row, FlowField.OUT_PACKETS);
      counters[3] += counter(row, FlowField.OUT_BYTES);
      Instant first = time(row, FlowField.FIRST_SEEN);
      if (first != null) {
        firstMicros = Math.min(firstMicros, ChronoUnit.MICROS.between(Instant.EPOCH, first));
      }
      Instant last = time(row, FlowField.LAST_SEEN);
      if (last != null) {
        lastMicros = Math.max(lastMicros, ChronoUnit.MICROS.between(Instant.EPOCH, last));
      }
      Number more = row.getAs(FlowField.TCP_FLAGS.column());
      if (more != null) {
        flags = (flags == null ? 0 : flags) | more.intValue();
      }
    }

    private static long counter(Row row, FlowField field) {
      Number value = row.getAs(field.column());
      return value == null ? 0 : value.longValue();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sums && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
      return toString().hashCode();
    }

    @Override
    public String toString() {
      return "%d records %d flows %s %d to %d flags %s"
          .formatted(records, flows, Arrays.toString(counters), firstMicros, lastMicros, flags);
    }
  }
}
