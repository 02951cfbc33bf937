package org.flowlake.jobs;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.jobs.groups.FlowGroups;
import org.flowlake.jobs.groups.HashedGroups;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.GroupColumn;
import org.flowlake.jobs.stat.TopNJob;

/**
 * The groups of the flows that a query asks: by hash of packed rows where what belongs to a group
 * has a fixed size, by Spark's own aggregation else. The answer is the same.
 */
final class GroupedFlows {
  private GroupedFlows() {}

  /** Groups that are printed as flows. */
  static FlowGroups of(FlowQuery query, FlowGrouping job) {
    Optional<List<GroupColumn>> merged = job.merged(query.flows().schema());
    return merged.isEmpty()
        ? plain(query, job::groups)
        : hashed(query, List.of(job::inputRows), job::inputRows, merged.get()).map(job::finished);
  }

  /** The entries of statistics. */
  static FlowGroups of(FlowQuery query, TopNJob job) {
    Optional<List<GroupColumn>> merged = job.merged();
    return merged.isEmpty()
        ? plain(query, job::groups)
        : hashed(query, job.rowsOfEntries(), job::inputRows, merged.get());
  }

  private static FlowGroups plain(FlowQuery query, UnaryOperator<Dataset<Row>> groups) {
    LimitedFlows limited = query.limited(groups);
    return new FlowGroups(limited.rows(), limited.scanned());
  }

  /**
   * Groups by hash.
   *
   * @param forms each gives one row of every flow
   * @param rows give the rows of all forms at once
   */
  private static FlowGroups hashed(
      FlowQuery query,
      List<UnaryOperator<Dataset<Row>>> forms,
      UnaryOperator<Dataset<Row>> rows,
      List<GroupColumn> merged) {
    Optional<FlowGroups> decoded =
        query.limit().isPresent()
            ? Optional.empty()
            : HashedGroups.ofFlows(query.inLargeTasks().flows(), forms, merged);
    return decoded.orElseGet(
        () -> {
          LimitedFlows limited = query.limited(rows);
          return new FlowGroups(HashedGroups.of(limited.rows(), merged), limited.scanned());
        });
  }
}
