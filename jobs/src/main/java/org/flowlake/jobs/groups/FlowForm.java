package org.flowlake.jobs.groups;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.planning.PhysicalOperation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.GroupColumn;
import org.flowlake.jobs.rows.GroupColumn.Merge;
import org.flowlake.jobs.rows.GroupColumn.Width;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Groups of decoded flows, by columns as they are. A key that is computed, such as a masked
 * address, is grouped by the columns that it is computed from, and computed once per group of a
 * task, not per flow: groups whose keys turn out equal are merged with those of other tasks.
 *
 * @param layout of the columns as they are
 * @param cells what they are
 * @param columns the same as Spark's expressions know them; null where nothing is computed
 * @param made over {@code columns}, what a row of the groups is; null as above
 * @param names columns of the rows that are read, in their order
 */
record FlowForm(
    GroupLayout layout,
    List<FlowCell> cells,
    Seq<Attribute> columns,
    Seq<Expression> made,
    List<String> names)
    implements RowForm {

  /**
   * The form of such rows.
   *
   * @param rows counters and the columns {@code merged} of flows, over a relation of flows
   * @return empty where a column is computed that is no key, or from values of any length
   */
  static Optional<FlowForm> of(Dataset<Row> rows, List<GroupColumn> merged) {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().optimizedPlan();
    Option<Tuple3<Seq<NamedExpression>, Seq<Expression>, LogicalPlan>> parts =
        PhysicalOperation$.MODULE$.unapply(plan);
    if (parts.isEmpty()
        || !parts.get()._2().isEmpty()
        || !(parts.get()._3() instanceof LogicalRDD)) {
      return Optional.empty();
    }
    List<NamedExpression> asked = CollectionConverters.asJava(parts.get()._1());
    return Making.of(asked, merged, false)
        .flatMap(as -> as.computes ? Making.of(asked, merged, true) : Optional.of(as))
        .flatMap(making -> making.form(merged));
  }

  /** The columns of flows that this reads, without those of the counters. */
  Set<String> columnsRead() {
    Set<String> read = new LinkedHashSet<>();
    cells.stream().filter(cell -> cell.column() != null).forEach(cell -> read.add(cell.column()));
    return read;
  }

  /** The same for rows of a scan with these columns. */
  FlowForm over(List<String> scanned) {
    return new FlowForm(layout, cells, columns, made, List.copyOf(scanned));
  }

  @Override
  public RowPacker packer() {
    return new FlowPacker(layout, cells, names);
  }

  @Override
  public UnsafeProjection finish() {
    if (made == null) {
      return null;
    }
    UnsafeProjection projection = UnsafeProjection$.MODULE$.create(made, columns);
    projection.initialize(0);
    return projection;
  }

  /** Gathers the columns of a form. */
  private static final class Making {
    private final List<GroupColumn> grouped = new ArrayList<>();
    private final List<FlowCell> cells = new ArrayList<>();
    private final List<Attribute> columns = new ArrayList<>();
    private final List<Expression> made = new ArrayList<>();
    private final boolean constantsComputed;
    private boolean computes;

    private Making(boolean constantsComputed) {
      this.constantsComputed = constantsComputed;
      for (String name : CounterColumns.names()) {
        Attribute counter = attribute(name, DataTypes.LongType);
        columns.add(counter);
        made.add((Expression) counter);
      }
    }

    /**
     * The columns of such rows; empty as above.
     *
     * @param constantsComputed whether constant keys are no columns of the groups either
     */
    static Optional<Making> of(
        List<NamedExpression> asked, List<GroupColumn> merged, boolean constantsComputed) {
      Making making = new Making(constantsComputed);
      for (int i = 0; i < merged.size(); i++) {
        if (!making.add(asked.get(CounterColumns.COUNT + i), merged.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(making);
    }

    private boolean add(NamedExpression asked, GroupColumn column) {
      Expression value = asked instanceof Alias alias ? alias.child() : (Expression) asked;
      Optional<FlowCell> cell = FlowCell.of(value);
      if (constantsComputed && column.merge() == Merge.KEY && value instanceof Literal) {
        made.add(value);
        return true;
      }
      if (cell.isPresent()) {
        made.add(
            (Expression) addCell(column, cell.get(), attribute(column.name(), value.dataType())));
        return true;
      }
      if (column.merge() != Merge.KEY
          || !value.deterministic()
          || SubqueryExpression.hasSubquery(value)) {
        return false;
      }
      for (Attribute read : CollectionConverters.asJava(value.references().toSeq())) {
        Optional<FlowCell> raw = FlowCell.of((Expression) read);
        if (raw.isEmpty()) {
          return false;
        }
        if (!columns.contains(read)) {
          addCell(new GroupColumn(read.name(), Merge.KEY, raw.get().width()), raw.get(), read);
        }
      }
      made.add(value);
      computes = true;
      return true;
    }

    private Attribute addCell(GroupColumn column, FlowCell cell, Attribute attribute) {
      // A column that is null in every row keeps the room that rows of other forms need.
      Width width = cell.width() == Width.ABSENT ? column.width() : cell.width();
      grouped.add(new GroupColumn(column.name(), column.merge(), width));
      cells.add(cell);
      columns.add(attribute);
      return attribute;
    }

    private static Attribute attribute(String name, DataType type) {
      return new AttributeReference(
          name,
          type,
          true,
          Metadata.empty(),
          NamedExpression$.MODULE$.newExprId(),
          CollectionConverters.<String>asScala(List.of()).toSeq());
    }

    private List<GroupColumn> withoutConstantKeys() {
      List<GroupColumn> varied = new ArrayList<>();
      for (int i = 0; i < grouped.size(); i++) {
        GroupColumn column = grouped.get(i);
        boolean isSame = column.merge() == Merge.KEY && cells.get(i).column() == null;
        varied.add(isSame ? new GroupColumn(column.name(), Merge.SAME, column.width()) : column);
      }
      return varied;
    }

    Optional<FlowForm> form(List<GroupColumn> merged) {
      if (!GroupLayout.fits(grouped) || !computes && !grouped.equals(merged)) {
        return Optional.empty();
      }
      return Optional.of(
          new FlowForm(
              GroupLayout.of(withoutConstantKeys()),
              List.copyOf(cells),
              computes ? CollectionConverters.asScala(columns).toSeq() : null,
              computes ? CollectionConverters.asScala(made).toSeq() : null,
              List.of()));
    }
  }
}
