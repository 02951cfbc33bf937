package org.flowlake.jobs.stat;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.derive.Derivation;
import org.flowlake.jobs.derive.DerivedColumn;
import org.flowlake.jobs.derive.GeoColumns;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.FlowColumns;
import org.flowlake.jobs.rows.Ranking;
import org.flowlake.jobs.rows.TopRows;

/**
 * Answers several statistics in one pass: every flow gives one row per statistic and side, one
 * aggregation groups them all, and one job over the groups finds every table and the totals.
 *
 * <p>A flow is counted in the totals once: they are the sum over all groups of the first statistic,
 * divided by its number of sides, since each side counts every flow. Flows without the element form
 * a group without a key, which no table shows.
 */
public final class TopNJob {
  static final int STATISTIC = CounterColumns.COUNT;
  static final int NUMBER = STATISTIC + 1;
  static final int BYTES = STATISTIC + 2;
  static final int PROTO = STATISTIC + 3;

  /** {@code ::/96} without its last 32 bits, and the same of {@code ::ffff:0:0/96}. */
  private static final byte[] EMBEDDED_LAST = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF
  };

  private static final byte[] MAPPED_HEAD = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF
  };
  private static final List<String> KEY_NAMES =
      List.of("_statistic", "_number", "_bytes", "_proto");

  private final List<TopNStatistic> statistics;

  public TopNJob(List<TopNStatistic> statistics) {
    this.statistics = List.copyOf(statistics);
  }

  /** One row per statistic and entry: the counters and the key. */
  public Dataset<Row> groups(Dataset<Row> flows) {
    StructType schema = flows.schema();
    FlowColumns columns = new FlowColumns(schema);
    List<Column> entries = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      for (FlowField field : statistics.get(i).element().fields()) {
        entries.add(entry(columns, i, field));
      }
    }
    List<Column> selected = new ArrayList<>(CounterColumns.ofFlows(schema));
    Column entry =
        entries.size() == 1 ? entries.get(0) : explode(array(entries.toArray(Column[]::new)));
    selected.add(entry.as("_entry"));
    List<Column> keys =
        KEY_NAMES.stream().map(name -> col("_entry").getField(name).as(name)).toList();
    List<Column> counters = CounterColumns.ofGroups();
    List<Column> order = new ArrayList<>();
    CounterColumns.names().forEach(name -> order.add(col(name)));
    KEY_NAMES.forEach(name -> order.add(col(name)));
    return flows
        .select(selected.toArray(Column[]::new))
        .groupBy(keys.toArray(Column[]::new))
        .agg(counters.get(0), counters.subList(1, counters.size()).toArray(Column[]::new))
        .select(order.toArray(Column[]::new));
  }

  private Column entry(FlowColumns columns, int index, FlowField field) {
    TopNStatistic statistic = statistics.get(index);
    ElementKind kind = statistic.element().kind();
    Column number = lit(null).cast(DataTypes.LongType);
    Column bytes = lit(null).cast(DataTypes.BinaryType);
    Optional<Derivation> derivation = kind.derivation(field);
    if (derivation.isPresent()) {
      bytes = DerivedColumn.of(derivation.get(), columns).cast(DataTypes.BinaryType);
    } else if (kind == ElementKind.COUNTRY) {
      bytes = columns.named(GeoColumns.country(field)).cast(DataTypes.BinaryType);
    } else if (kind == ElementKind.ADDRESS) {
      bytes = address(columns, field);
    } else {
      number = columns.number(field);
      number = kind.countsAbsentAsZero() ? coalesce(number, lit(0L)) : number;
    }
    Column proto =
        statistic.split() == TopNStatistic.ProtocolSplit.APART
            ? coalesce(columns.of(FlowField.PROTO), lit(0))
            : lit(0);
    return struct(
        lit(index).as(KEY_NAMES.get(0)),
        number.as(KEY_NAMES.get(1)),
        bytes.as(KEY_NAMES.get(2)),
        proto.as(KEY_NAMES.get(3)));
  }

  /**
   * nfdump keeps both families in one table of 128-bit keys, an IPv4 address as its number: so the
   * IPv6 addresses of {@code ::/96}, such as the unspecified address, share the entries of the IPv4
   * addresses of the same number.
   */
  private static Column address(FlowColumns columns, FlowField field) {
    Column address = columns.of(field);
    if (field != FlowField.SRC_ADDR && field != FlowField.DST_ADDR) {
      return address;
    }
    Column embedded =
        columns.of(FlowField.IP_VERSION).equalTo(6).and(address.leq(lit(EMBEDDED_LAST)));
    return when(embedded, concat(lit(MAPPED_HEAD), substring(address, 13, 4))).otherwise(address);
  }

  /**
   * Runs the statistics.
   *
   * @param limit rows per table; 0 for all
   */
  public StatAnswer run(Dataset<Row> flows, int limit) {
    Dataset<Row> groups = groups(flows);
    return limit == 0 ? all(groups) : best(groups, limit);
  }

  private StatAnswer best(Dataset<Row> groups, int limit) {
    TopRows top = TopRows.of(groups, rankings(), limit, TopRows.Ties.COLUMNS, firstStatistic());
    List<StatTable> tables = new ArrayList<>();
    int next = 0;
    for (TopNStatistic statistic : statistics) {
      for (var order : statistic.orders()) {
        List<InternalRow> rows = top.tables().get(next++);
        tables.add(new StatTable(statistic, order, () -> AnswerRows.collected(rows, top.totals())));
      }
    }
    return new StatAnswer(tables, limit, totals(top), groups, () -> {});
  }

  private StatAnswer all(Dataset<Row> groups) {
    Dataset<Row> kept = groups.persist(StorageLevel.DISK_ONLY());
    TopRows none = TopRows.of(kept, rankings(), 0, TopRows.Ties.COLUMNS, firstStatistic());
    List<StatTable> tables = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      Column entries =
          col(KEY_NAMES.get(0))
              .equalTo(i)
              .and(col(KEY_NAMES.get(1)).isNotNull().or(col(KEY_NAMES.get(2)).isNotNull()));
      Dataset<Row> rows = kept.filter(entries);
      for (var order : statistics.get(i).orders()) {
        tables.add(
            new StatTable(
                statistics.get(i), order, () -> AnswerRows.sortedOnce(rows, order, KEY_NAMES)));
      }
    }
    return new StatAnswer(tables, 0, totals(none), groups, kept::unpersist);
  }

  private FlowCounters totals(TopRows top) {
    return top.totals().dividedBy(statistics.get(0).element().fields().size());
  }

  private List<Ranking> rankings() {
    List<Ranking> rankings = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      int index = i;
      for (var order : statistics.get(i).orders()) {
        rankings.add(
            new Ranking(
                order,
                row ->
                    row.getInt(STATISTIC) == index
                        && !(row.isNullAt(NUMBER) && row.isNullAt(BYTES))));
      }
    }
    return rankings;
  }

  private static Ranking.Members firstStatistic() {
    return row -> row.getInt(STATISTIC) == 0;
  }
}
