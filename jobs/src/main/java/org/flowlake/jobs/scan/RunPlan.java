package org.flowlake.jobs.scan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.planning.PhysicalOperation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.converters.parquet.AddressColumn;
import org.flowlake.converters.parquet.NumberColumn;
import org.flowlake.converters.parquet.StoredColumn;
import org.flowlake.jobs.groups.RunPacker;
import org.flowlake.jobs.rows.CounterColumns;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What is asked of flows that are read as columns: a filter, and per run of flows the columns that
 * follow the counters. A run are flows, one after the other, that agree in every column that filter
 * or columns are made from: it is tested and made once, its counters are summed.
 *
 * @param filter that flows must pass; null for none
 * @param made the columns of a run; zeros in the place of the counters
 * @param tested the stored columns that {@code filter} reads, and the destination address
 * @param shown the other stored columns that {@code made} reads
 * @param counted the counters that are read
 */
record RunPlan(
    Expression filter,
    Seq<Expression> made,
    List<Attribute> tested,
    List<Attribute> shown,
    StoredCounters.Kind counted)
    implements Serializable {
  private static final Set<String> ADDRESSES =
      Arrays.stream(FlowField.values())
          .filter(field -> field.type() == FlowType.ADDRESS)
          .map(FlowField::column)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * The plan of such rows.
   *
   * @param rows counters and other columns of flows, over a relation of stored columns
   * @return empty where they are made by more than a filter and expressions, or from columns that
   *     are neither numbers nor times nor addresses
   */
  static Optional<RunPlan> of(Dataset<Row> rows) {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().optimizedPlan();
    Option<Tuple3<Seq<NamedExpression>, Seq<Expression>, LogicalPlan>> parts =
        PhysicalOperation$.MODULE$.unapply(plan);
    if (parts.isEmpty() || !(parts.get()._3() instanceof LogicalRDD stored)) {
      return Optional.empty();
    }
    Expression filter =
        CollectionConverters.asJava(parts.get()._2()).stream()
            .reduce((left, right) -> new And(left, right))
            .orElse(null);
    List<Expression> made = new ArrayList<>();
    for (NamedExpression column : CollectionConverters.asJava(parts.get()._1())) {
      boolean isCounter = made.size() < CounterColumns.COUNT;
      made.add(
          isCounter
              ? Literal.create(0L, DataTypes.LongType)
              : column instanceof Alias alias ? alias.child() : (Expression) column);
    }
    List<Attribute> tested = new ArrayList<>();
    List<Attribute> shown = new ArrayList<>();
    for (Attribute column : CollectionConverters.asJava(stored.output())) {
      if (column.name().equals(FlowField.DST_ADDR.column())
          || filter != null && filter.references().contains(column)) {
        tested.add(column);
      } else if (made.stream().anyMatch(each -> each.references().contains(column))) {
        shown.add(column);
      }
    }
    boolean isPlain =
        Stream.concat(tested.stream(), shown.stream()).allMatch(RunPlan::isRead)
            && made.stream()
                .allMatch(each -> each.deterministic() && !SubqueryExpression.hasSubquery(each))
            && (filter == null || !SubqueryExpression.hasSubquery(filter));
    return isPlain
        ? Optional.of(
            new RunPlan(
                filter,
                CollectionConverters.asScala(made).toSeq(),
                tested,
                shown,
                StoredCounters.Kind.ALL))
        : Optional.empty();
  }

  private static boolean isRead(Attribute column) {
    DataType type = column.dataType();
    return type.equals(DataTypes.IntegerType)
        || type.equals(DataTypes.LongType)
        || type.equals(DataTypes.TimestampType)
        || isAddress(column);
  }

  private static boolean isAddress(Attribute column) {
    return ADDRESSES.contains(column.name());
  }

  /** Room for a stored column of one row group. */
  static StoredColumn stored(Attribute column) {
    if (isAddress(column)) {
      return new AddressColumn(column.name());
    }
    return column.dataType().equals(DataTypes.TimestampType)
        ? NumberColumn.ofTimes(column.name())
        : NumberColumn.ofNumbers(column.name());
  }

  /** The same where other counters are read. */
  RunPlan counting(StoredCounters.Kind kind) {
    return new RunPlan(filter, made, tested, shown, kind);
  }

  /**
   * Packs flows of these columns.
   *
   * @param columns by name, all that {@code made} reads
   * @return empty where a column of the groups is computed for most flows
   */
  Optional<RunPacker> packer(MergedFiles.Keys keys, Map<String, StoredColumn> columns) {
    return RunPacker.of(keys.layout(), CollectionConverters.asJava(made), columns)
        .filter(
            all ->
                all.shows(keys.dstColumn(), columns.get(FlowField.DST_ADDR.column()))
                    && (keys.srcColumn() < 0
                        || all.shows(keys.srcColumn(), columns.get(FlowField.SRC_ADDR.column()))));
  }

  /** Whether {@link #packer} packs all flows. */
  boolean isPacked(MergedFiles.Keys keys) {
    Map<String, StoredColumn> columns = new HashMap<>();
    tested.forEach(column -> columns.put(column.name(), stored(column)));
    shown.forEach(column -> columns.put(column.name(), stored(column)));
    return packer(keys, columns).filter(RunPacker::packsAll).isPresent();
  }

  /** Whether runs that agree in one column that is made agree in all. */
  boolean isOneGroup(int column) {
    return IntStream.range(0, made.size())
        .allMatch(i -> i == column || made.apply(i).references().isEmpty());
  }

  /** Whether filter or columns are made from times. */
  boolean readsTimes() {
    return Stream.concat(tested.stream(), shown.stream())
        .anyMatch(column -> column.dataType().equals(DataTypes.TimestampType));
  }

  /** The stored columns as the generated code counts them. */
  Seq<Attribute> columns() {
    List<Attribute> all = new ArrayList<>(tested);
    all.addAll(shown);
    return CollectionConverters.asScala(all).toSeq();
  }
}
