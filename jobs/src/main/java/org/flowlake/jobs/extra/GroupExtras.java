package org.flowlake.jobs.extra;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.question.CounterSide;
import org.flowlake.jobs.question.Measure;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.ExtraColumn;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.RowLayout;

/**
 * What a question asks of groups beyond nfdump.
 *
 * @param binning puts flows into bins of time, which are one more key
 * @param measures figures of each group
 * @param having which groups are shown
 * @param post which of the records that the list has are printed
 * @param counting how orders of statistics count distinct values
 */
public record GroupExtras(
    Optional<Binning> binning,
    List<GroupMeasure> measures,
    Optional<Having> having,
    Optional<PostFilter> post,
    DistinctCount.Counting counting) {
  /** Nothing beyond nfdump. */
  public static final GroupExtras NONE =
      new GroupExtras(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          DistinctCount.Counting.EXACT);

  private static final String PLACE = "_place_in_bin";

  public GroupExtras {
    measures = List.copyOf(measures);
  }

  public boolean isNone() {
    return binning.isEmpty() && measures.isEmpty() && having.isEmpty() && post.isEmpty();
  }

  /** The same with other figures. */
  public GroupExtras withMeasures(List<? extends GroupMeasure> others) {
    return new GroupExtras(binning, List.copyOf(others), having, post, counting);
  }

  /** The same with a filter on what is printed. */
  public GroupExtras withPost(PostFilter filter) {
    return new GroupExtras(binning, measures, having, Optional.of(filter), counting);
  }

  /** Fields that the rows of an answer need beyond those that its output prints. */
  public List<FlowField> fields(List<FlowField> printed) {
    Set<FlowField> fields = EnumSet.noneOf(FlowField.class);
    fields.addAll(printed);
    post.ifPresent(filter -> fields.addAll(filter.fields()));
    return List.copyOf(fields);
  }

  /** The rows of a list that are printed. */
  public Dataset<Row> printed(Dataset<Row> list, RowLayout layout) {
    return post.map(filter -> filter.of(list, layout)).orElse(list);
  }

  /** The columns of groups beyond those of a grouping: the bin first. */
  public List<ExtraColumn> columns() {
    List<ExtraColumn> columns = new ArrayList<>();
    binning.ifPresent(bins -> columns.add(Binning.COLUMN));
    measures.forEach(measure -> columns.add(measure.column()));
    return columns;
  }

  /** The flows, put into bins where that is asked. */
  public Dataset<Row> binned(Dataset<Row> flows) {
    return binning.isEmpty() ? flows : binning.get().of(flows);
  }

  /** The grouping with these extras as columns. */
  public FlowGrouping on(FlowGrouping plain) {
    return columns().isEmpty() ? plain : new ExtendedGrouping(plain, this);
  }

  /**
   * The order by one of the figures; empty for any other name.
   *
   * @param text {@code name[:a|:d]}
   */
  public Optional<RankOrder> order(String text) {
    String[] parts = text.split(":", 2);
    return measures.stream()
        .map(measure -> measure.column().name())
        .filter(name -> name.equalsIgnoreCase(parts[0]))
        .findFirst()
        .map(
            name -> {
              SortDirection direction =
                  parts.length == 1 ? SortDirection.DESCENDING : direction(parts[1]);
              return new RankOrder(name, Measure.EXTRA, CounterSide.BOTH, direction);
            });
  }

  private static SortDirection direction(String suffix) {
    try {
      return SortDirection.ofSuffix(suffix);
    } catch (IllegalArgumentException e) {
      throw new QuestionException(e.getMessage());
    }
  }

  /**
   * The groups that are shown, in their order: bin after bin, and in each by rank.
   *
   * @param order empty for any order within a bin, or at all where there are none
   * @param ties columns that decide between groups of equal rank
   * @param limit groups at the most, of every bin where there are bins; 0 for all
   */
  public Dataset<Row> arranged(
      Dataset<Row> groups, Optional<RankOrder> order, List<String> ties, int limit) {
    Dataset<Row> shown = having.map(test -> groups.filter(test.condition())).orElse(groups);
    List<Column> by = new ArrayList<>();
    order.ifPresent(rank -> by.add(directed(rank)));
    ties.forEach(name -> by.add(col(name).asc()));
    by.add(col(CounterColumns.names().get(CounterColumns.FIRST)).asc());
    if (binning.isEmpty()) {
      Dataset<Row> sorted = order.isEmpty() ? shown : shown.orderBy(by.toArray(Column[]::new));
      return limit == 0 ? sorted : sorted.limit(limit);
    }
    Column bin = col(Binning.COLUMN.rowName());
    if (limit > 0) {
      shown =
          shown
              .withColumn(
                  PLACE,
                  row_number().over(Window.partitionBy(bin).orderBy(by.toArray(Column[]::new))))
              .filter(col(PLACE).leq(limit))
              .drop(PLACE);
    }
    by.add(0, bin.asc());
    return shown.orderBy(by.toArray(Column[]::new));
  }

  private static Column directed(RankOrder order) {
    Column value = CounterColumns.measure(order);
    return order.direction() == SortDirection.ASCENDING ? value.asc() : value.desc();
  }
}
