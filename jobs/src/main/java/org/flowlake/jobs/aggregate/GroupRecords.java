package org.flowlake.jobs.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.RowLayout;

/**
 * Groups of flows as flow records again, with the columns of the flow table: what nfdump writes of
 * an aggregation with {@code -w}.
 */
public final class GroupRecords {
  /** What nfdump keeps of a flow in a record of keys, beyond them and the counters. */
  private static final Set<FlowField> KEPT =
      EnumSet.of(
          FlowField.RECEIVED, FlowField.TCP_FLAGS, FlowField.NF_VERSION, FlowField.RECORD_FLAGS);

  private static final Set<FlowField> COUNTED =
      EnumSet.of(FlowField.FLOWS, FlowField.OUT_PACKETS, FlowField.OUT_BYTES);

  private GroupRecords() {}

  /** Groups that keep all that the first flow of each carries. */
  public static Dataset<Row> whole(GroupBy groupBy, Dataset<Row> flows, Optional<RankOrder> order) {
    Set<FlowField> fields = FlowSchema.fields(flows.schema());
    fields.remove(FlowField.SOURCE_ID);
    // A group has counters of its own, though none of its flows may have.
    fields.addAll(COUNTED);
    FlowGrouping job = groupBy.grouping(List.copyOf(fields), CounterPresence.AS_RECORDED);
    Map<FlowField, Column> columns = counters();
    for (FlowField field : job.layout().fields()) {
      columns.put(field, typed(field));
    }
    return select(job, flows, order, columns);
  }

  /** Groups that keep their keys only. */
  public static Dataset<Row> ofKeys(
      Aggregation aggregation, Dataset<Row> flows, Optional<RankOrder> order) {
    FlowGrouping job = aggregation.grouping(List.copyOf(KEPT), CounterPresence.ALWAYS);
    Map<FlowField, Column> columns = counters();
    Column counted =
        counter(CounterColumns.FLOWS)
            .gt(1)
            .or(counter(CounterColumns.OUT_PACKETS).notEqual(0))
            .or(counter(CounterColumns.OUT_BYTES).notEqual(0));
    columns.put(FlowField.FLOWS, when(counted, counter(CounterColumns.FLOWS)));
    columns.put(FlowField.OUT_PACKETS, when(counted, counter(CounterColumns.OUT_PACKETS)));
    columns.put(FlowField.OUT_BYTES, when(counted, counter(CounterColumns.OUT_BYTES)));
    for (FlowField field : job.layout().fields()) {
      columns.put(field, typed(field));
    }
    oneFamily(aggregation, columns);
    return select(job, flows, order, columns);
  }

  /**
   * Keys of one family stand for flows of the other one too, as an address of zeros; no record has
   * such an address.
   */
  private static void oneFamily(Aggregation aggregation, Map<FlowField, Column> columns) {
    Column version = typed(FlowField.IP_VERSION);
    Column hasAddress = null;
    for (Aggregation.Key key : aggregation.keys()) {
      FlowField field = key.key().field();
      if (field != FlowField.SRC_ADDR && field != FlowField.DST_ADDR) {
        continue;
      }
      Column own =
          switch (key.key().form()) {
            case IPV4 -> version.equalTo(4);
            case IPV6 -> version.equalTo(6);
            case WHOLE, ROUTE -> version.isNotNull();
            case COUNTRY ->
                throw new QuestionException(
                    "A country is no field of an nfcapd file; leave out " + key.key().word());
          };
      columns.put(field, when(own, columns.get(field)));
      hasAddress = hasAddress == null ? own : hasAddress.or(own);
    }
    if (hasAddress != null) {
      columns.put(FlowField.IP_VERSION, when(hasAddress, version));
    }
  }

  private static Dataset<Row> select(
      FlowGrouping job,
      Dataset<Row> flows,
      Optional<RankOrder> order,
      Map<FlowField, Column> columns) {
    Dataset<Row> groups = job.groups(flows);
    if (order.isPresent()) {
      groups = AnswerRows.ordered(groups, order.get(), job.tieColumns());
    }
    List<Column> named = new ArrayList<>();
    columns.forEach((field, column) -> named.add(column.as(field.column())));
    return groups.select(named.toArray(Column[]::new));
  }

  private static Map<FlowField, Column> counters() {
    Map<FlowField, Column> columns = new LinkedHashMap<>();
    columns.put(FlowField.FIRST_SEEN, timestamp_micros(counter(CounterColumns.FIRST)));
    columns.put(FlowField.LAST_SEEN, timestamp_micros(counter(CounterColumns.LAST)));
    columns.put(FlowField.IN_PACKETS, counter(CounterColumns.IN_PACKETS));
    columns.put(FlowField.IN_BYTES, counter(CounterColumns.IN_BYTES));
    return columns;
  }

  private static Column counter(int index) {
    return col(CounterColumns.names().get(index));
  }

  /** The field's column as the flow table has it. */
  private static Column typed(FlowField field) {
    Column value = col(RowLayout.name(field));
    return field.type() == FlowType.TIMESTAMP
        ? timestamp_micros(value)
        : value.cast(FlowSchema.dataType(field.type()));
  }
}
