package org.flowlake.jobs.extra;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.FlowColumns;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.RowLayout;

/** A grouping with the bin as one more key and with more figures of each group. */
final class ExtendedGrouping implements FlowGrouping {
  private final FlowGrouping plain;
  private final GroupExtras extras;

  ExtendedGrouping(FlowGrouping plain, GroupExtras extras) {
    this.plain = plain;
    this.extras = extras;
  }

  @Override
  public RowLayout layout() {
    return plain.layout().withExtras(extras.columns());
  }

  @Override
  public List<Column> inputs(StructType flows) {
    List<Column> inputs = new ArrayList<>(plain.inputs(flows));
    extras.binning().ifPresent(bins -> inputs.add(col(Binning.COLUMN.rowName())));
    FlowColumns columns = new FlowColumns(flows);
    for (GroupMeasure measure : extras.measures()) {
      inputs.add(measure.input(columns).as(measure.column().rowName()));
    }
    return inputs;
  }

  @Override
  public List<String> keys() {
    List<String> keys = new ArrayList<>(plain.keys());
    extras.binning().ifPresent(bins -> keys.add(Binning.COLUMN.rowName()));
    return keys;
  }

  @Override
  public List<Column> results() {
    List<Column> results = new ArrayList<>(plain.results());
    for (GroupMeasure measure : extras.measures()) {
      String name = measure.column().rowName();
      results.add(measure.result(col(name)).as(name));
    }
    return results;
  }

  @Override
  public List<Column> rows() {
    List<Column> rows = new ArrayList<>(plain.rows());
    // What a grouping has beyond its fields stays last.
    rows.addAll(
        CounterColumns.COUNT + plain.layout().fields().size(),
        extras.columns().stream().map(extra -> col(extra.rowName())).toList());
    return rows;
  }

  @Override
  public List<String> tieColumns() {
    return plain.tieColumns();
  }

  @Override
  public Dataset<Row> groups(Dataset<Row> flows) {
    return FlowGrouping.super.groups(extras.binned(flows));
  }
}
