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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
import org.flowlake.jobs.groups.FlowGroups;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.FlowColumns;
import org.flowlake.jobs.rows.GroupColumn;
import org.flowlake.jobs.rows.GroupColumn.Merge;
import org.flowlake.jobs.rows.GroupColumn.Width;
import org.flowlake.jobs.rows.Ranking;
import org.flowlake.jobs.rows.RowLayout;
import org.flowlake.jobs.rows.TopRows;
import org.flowlake.jobs.scan.SortedFlows;
import org.flowlake.jobs.scan.SortedGroups;

/**
 * Answers several statistics in one pass: every flow gives one row per statistic and side, one
 * aggregation groups them all, and one job over the groups finds every table and the totals.
 *
 * <p>A flow is counted in the totals once: they are the sum over all groups of the first statistic,
 * divided by its number of sides, since each side counts every flow. Flows without the element form
 * a group without a key, which no table shows. The statistic of records is one more such group of
 * rows, whose keys are those of its own grouping.
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
  private static final String ENTRY = "_entry";
  static final List<String> KEY_NAMES =
      List.of("_statistic", "_entry_number", "_entry_bytes", "_entry_proto");

  /** Stands for the statistic of records in the place of a statistic's index. */
  private static final int RECORDS = -1;

  private final List<TopNStatistic> statistics;
  private final Optional<RecordStatistic> records;

  /** Of the statistics there must be one at least. */
  public TopNJob(List<TopNStatistic> statistics, Optional<RecordStatistic> records) {
    this.statistics = List.copyOf(statistics);
    this.records = records;
    if (statistics.isEmpty() && records.isEmpty()) {
      throw new IllegalArgumentException("No statistic");
    }
  }

  /** One row per flow, statistic and side, with its entry as a struct. */
  private Dataset<Row> entryRows(Dataset<Row> flows) {
    return entryRows(flows, List.of());
  }

  /** The same with more columns of each flow. */
  Dataset<Row> entryRows(Dataset<Row> flows, List<Column> more) {
    StructType schema = flows.schema();
    List<Column> inputs = new ArrayList<>(inputs(schema));
    inputs.addAll(more);
    List<Column> entries = entries(schema);
    Column entry =
        entries.size() == 1 ? entries.get(0) : explode(array(entries.toArray(Column[]::new)));
    inputs.add(entry.as(ENTRY));
    return flows.select(inputs.toArray(Column[]::new));
  }

  /** One row per statistic and entry: the counters, the key, then what a record prints. */
  public Dataset<Row> groups(Dataset<Row> flows) {
    List<String> keys = new ArrayList<>(KEY_NAMES);
    records.ifPresent(statistic -> keys.addAll(statistic.grouping().keys()));
    List<Column> results =
        records
            .map(statistic -> statistic.grouping().results())
            .orElseGet(CounterColumns::ofGroups);
    List<Column> rows =
        new ArrayList<>(
            records
                .map(statistic -> statistic.grouping().rows())
                .orElseGet(() -> CounterColumns.names().stream().map(name -> col(name)).toList()));
    rows.addAll(STATISTIC, KEY_NAMES.stream().map(name -> col(name)).toList());
    return perEntry(entryRows(flows))
        .groupBy(keys.stream().map(name -> col(name)).toArray(Column[]::new))
        .agg(results.get(0), results.subList(1, results.size()).toArray(Column[]::new))
        .select(rows.toArray(Column[]::new));
  }

  /** One row per flow, statistic and side: counters and {@link #KEY_NAMES}. */
  public Dataset<Row> inputRows(Dataset<Row> flows) {
    return perEntry(entryRows(flows));
  }

  /** The same, apart for every statistic and side: each gives one row per flow. */
  public List<UnaryOperator<Dataset<Row>>> rowsOfEntries() {
    List<UnaryOperator<Dataset<Row>>> forms = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      int index = i;
      for (FlowField field : statistics.get(i).element().fields()) {
        forms.add(
            flows -> {
              List<Column> columns = new ArrayList<>(CounterColumns.ofFlows(flows.schema()));
              columns.add(entry(new FlowColumns(flows.schema()), index, field).as(ENTRY));
              return perEntry(flows.select(columns.toArray(Column[]::new)));
            });
      }
    }
    return forms;
  }

  /**
   * The columns after the counters of {@link #inputRows}, where they have a fixed size; empty with
   * a statistic of records, or of texts.
   */
  public Optional<List<GroupColumn>> merged() {
    boolean numbers = false;
    boolean addresses = false;
    for (TopNStatistic statistic : statistics) {
      ElementKind kind = statistic.element().kind();
      boolean isText =
          kind == ElementKind.COUNTRY
              || kind == ElementKind.APPLICATION
              || statistic.element().fields().stream()
                  .anyMatch(field -> kind.derivation(field).isPresent());
      if (isText) {
        return Optional.empty();
      }
      addresses |= kind == ElementKind.ADDRESS;
      numbers |= kind != ElementKind.ADDRESS;
    }
    return records.isPresent()
        ? Optional.empty()
        : Optional.of(
            List.of(
                GroupColumn.numberKey(KEY_NAMES.get(0)),
                new GroupColumn(KEY_NAMES.get(1), Merge.KEY, numbers ? Width.NUMBER : Width.ABSENT),
                new GroupColumn(
                    KEY_NAMES.get(2), Merge.KEY, addresses ? Width.ADDRESS : Width.ABSENT),
                GroupColumn.numberKey(KEY_NAMES.get(3))));
  }

  /**
   * The same from flows, or rows that stand for flows, which are given per field: every field of
   * the statistics has rows of its own; there is no statistic of records.
   */
  public Dataset<Row> groups(Map<FlowField, Dataset<Row>> sides) {
    Dataset<Row> all = null;
    for (int i = 0; i < statistics.size(); i++) {
      for (FlowField field : statistics.get(i).element().fields()) {
        Dataset<Row> rows = sides.get(field);
        List<Column> inputs = new ArrayList<>(CounterColumns.ofFlows(rows.schema()));
        inputs.add(entry(new FlowColumns(rows.schema()), i, field).as(ENTRY));
        Dataset<Row> entries = perEntry(rows.select(inputs.toArray(Column[]::new)));
        all = all == null ? entries : all.union(entries);
      }
    }
    List<Column> results = CounterColumns.ofGroups();
    List<Column> columns =
        new ArrayList<>(CounterColumns.names().stream().map(name -> col(name)).toList());
    columns.addAll(STATISTIC, KEY_NAMES.stream().map(name -> col(name)).toList());
    return Objects.requireNonNull(all, "statistics")
        .groupBy(KEY_NAMES.stream().map(name -> col(name)).toArray(Column[]::new))
        .agg(results.get(0), results.subList(1, results.size()).toArray(Column[]::new))
        .select(columns.toArray(Column[]::new));
  }

  private List<Column> inputs(StructType schema) {
    return records
        .map(statistic -> statistic.grouping().inputs(schema))
        .orElseGet(() -> CounterColumns.ofFlows(schema));
  }

  /** What each flow is counted in: once for every side of a statistic, once as a record. */
  private List<Column> entries(StructType schema) {
    FlowColumns columns = new FlowColumns(schema);
    List<Column> entries = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      for (FlowField field : statistics.get(i).element().fields()) {
        entries.add(entry(columns, i, field));
      }
    }
    if (records.isPresent()) {
      entries.add(
          entry(
              RECORDS,
              lit(null).cast(DataTypes.LongType),
              lit(null).cast(DataTypes.BinaryType),
              lit(0)));
    }
    return entries;
  }

  /** The rows with their key as columns; what belongs to records is null in all other rows. */
  Dataset<Row> perEntry(Dataset<Row> exploded) {
    List<Column> columns = new ArrayList<>();
    Column ofRecords = col(ENTRY).getField(KEY_NAMES.get(0)).equalTo(RECORDS);
    String[] names = exploded.columns();
    for (int i = 0; i < names.length - 1; i++) {
      boolean shared = i < CounterColumns.COUNT || statistics.isEmpty() || records.isEmpty();
      columns.add(shared ? col(names[i]) : when(ofRecords, col(names[i])).as(names[i]));
    }
    KEY_NAMES.forEach(name -> columns.add(col(ENTRY).getField(name).as(name)));
    return exploded.select(columns.toArray(Column[]::new));
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
    } else if (kind == ElementKind.APPLICATION) {
      bytes = columns.of(field);
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
    return entry(index, number, bytes, proto);
  }

  private static Column entry(int index, Column number, Column bytes, Column proto) {
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
   * @param grouped gives rows of {@link #groups}; asked for only where they are needed
   * @param sorted the flows from sorted files, if there are any; asked for only where the
   *     statistics can be made from them
   * @param limit rows per table; 0 for all
   */
  public StatAnswer run(Supplier<FlowGroups> grouped, Supplier<SortedFlows> sorted, int limit) {
    Optional<TopRows> merged =
        limit > 0 && isOfDestinations() ? merged(sorted.get(), limit) : Optional.empty();
    if (merged.isPresent()) {
      return best(Optional.empty(), merged.get(), limit);
    }
    FlowGroups groups = grouped.get();
    if (limit == 0) {
      return all(groups.rows(), Optional.of(groups.scanned()));
    }
    TopRows top =
        TopRows.of(groups.rows(), rankings(), limit, TopRows.Ties.COLUMNS, countedInTotals());
    return best(Optional.of(groups.scanned()), top, limit);
  }

  /**
   * Runs the statistics over groups that are in this JVM already.
   *
   * @param groups rows that {@link EntryRow} gives, in parts, each of which a thread may go
   *     through; each row is read before the next one of its part is asked for
   * @param limit rows per table; 0 for all
   */
  public StatAnswer run(List<Iterator<InternalRow>> groups, int limit) {
    TopRows top =
        TopRows.of(
            groups,
            EntryRow.SCHEMA,
            rankings(),
            limit == 0 ? Integer.MAX_VALUE : limit,
            TopRows.Ties.COLUMNS,
            countedInTotals());
    return best(Optional.empty(), top, limit);
  }

  /** Whether the destination address alone decides which entry a flow is counted in. */
  private boolean isOfDestinations() {
    return records.isEmpty()
        && statistics.size() == 1
        && statistics.get(0).element() == StatElement.DSTIP;
  }

  private Optional<TopRows> merged(SortedFlows sorted, int limit) {
    return sorted.isEmpty()
        ? Optional.empty()
        : SortedGroups.best(
            sorted.map(this::inputRows),
            merged().orElseThrow(),
            groups -> groups,
            KEY_NAMES.get(BYTES - STATISTIC),
            Optional.empty(),
            rankings(),
            limit,
            countedInTotals());
  }

  private StatAnswer best(Optional<Dataset<Row>> executed, TopRows top, int limit) {
    Iterator<List<InternalRow>> best = top.tables().iterator();
    return answer(
        limit,
        totals(top),
        executed,
        (index, order) -> new RankedRows.Collected(best.next(), top.totals()),
        () -> {});
  }

  private StatAnswer all(Dataset<Row> groups, Optional<Dataset<Row>> executed) {
    Dataset<Row> kept = groups.persist(StorageLevel.DISK_ONLY());
    TopRows none = TopRows.of(kept, rankings(), 0, TopRows.Ties.COLUMNS, countedInTotals());
    List<String> ties = new ArrayList<>(KEY_NAMES);
    records.ifPresent(statistic -> ties.addAll(statistic.grouping().tieColumns()));
    return answer(
        0,
        totals(none),
        executed,
        (index, order) ->
            new RankedRows.Sorted(
                AnswerRows.ordered(kept.filter(isEntryOf(index)), order, ties), none.totals()),
        kept::unpersist);
  }

  /** The groups that a table shows: those of flows without the element are not among them. */
  Column isEntryOf(int statistic) {
    Column present = col(KEY_NAMES.get(1)).isNotNull().or(col(KEY_NAMES.get(2)).isNotNull());
    Column ofTable = col(KEY_NAMES.get(0)).equalTo(statistic);
    return statistic == RECORDS ? ofTable : ofTable.and(present);
  }

  private StatAnswer answer(
      int limit,
      FlowCounters totals,
      Optional<Dataset<Row>> executed,
      BiFunction<Integer, RankOrder, RankedRows> rows,
      Runnable release) {
    List<RecordTable> recordTables = new ArrayList<>();
    records.ifPresent(
        statistic -> {
          RowLayout layout = statistic.grouping().layout().after(KEY_NAMES.size());
          statistic
              .orders()
              .forEach(
                  order ->
                      recordTables.add(new RecordTable(order, layout, rows.apply(RECORDS, order))));
        });
    List<StatTable> tables = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      for (RankOrder order : statistics.get(i).orders()) {
        tables.add(
            new StatTable(statistics.get(i), order, StatTable.Extras.NONE, rows.apply(i, order)));
      }
    }
    return new StatAnswer(recordTables, tables, limit, totals, executed, release);
  }

  private FlowCounters totals(TopRows top) {
    return statistics.isEmpty()
        ? top.totals()
        : top.totals().dividedBy(statistics.get(0).element().fields().size());
  }

  /** In the order in which {@link #answer} makes the tables. */
  private List<Ranking> rankings() {
    List<Ranking> rankings = new ArrayList<>();
    records.ifPresent(
        statistic ->
            statistic
                .orders()
                .forEach(
                    order ->
                        rankings.add(new Ranking(order, row -> row.getInt(STATISTIC) == RECORDS))));
    for (int i = 0; i < statistics.size(); i++) {
      int index = i;
      for (RankOrder order : statistics.get(i).orders()) {
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

  private Ranking.Members countedInTotals() {
    int counted = statistics.isEmpty() ? RECORDS : 0;
    return row -> row.getInt(STATISTIC) == counted;
  }
}
