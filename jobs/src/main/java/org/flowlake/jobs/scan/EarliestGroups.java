package org.flowlake.jobs.scan;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.flowlake.jobs.groups.PackedGroups;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.Measure;
import org.flowlake.jobs.question.SortDirection;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.Ranking;
import org.flowlake.jobs.rows.TopRows;

/**
 * The groups that were first seen first, where no others are shown: the order of compromise. They
 * are all in the row groups that begin first; those that begin later have more flows of these
 * groups, and flows for the totals, see {@link LateFlows}.
 */
final class EarliestGroups {
  private static final long MICROS_PER_MILLI = 1000;

  /** Enough to have many groups, and little beside all. */
  private static final int FIRST_PART = 64;

  /** More than anybody reads; every task is given so many groups. */
  private static final int MOST = 1 << 16;

  private final RunPlan plan;
  private final MergedFiles.Keys keys;
  private final int limit;

  /**
   * So many groups.
   *
   * @param plan that {@link RunPlan#isPacked}
   */
  EarliestGroups(RunPlan plan, MergedFiles.Keys keys, int limit) {
    this.plan = plan;
    this.keys = keys;
    this.limit = limit;
  }

  /** Whether a question asks for these groups. */
  static boolean areAsked(List<Ranking> rankings, int limit, Ranking.Members countedInTotals) {
    return limit <= MOST
        && countedInTotals == Ranking.Members.ALL
        && rankings.size() == 1
        && rankings.get(0).members() == Ranking.Members.ALL
        && rankings.get(0).order().measure() == Measure.FIRST_SEEN
        && rankings.get(0).order().direction() == SortDirection.ASCENDING;
  }

  /**
   * The groups, and the totals of all flows.
   *
   * @param ranked ranks the groups of some row groups; empty where these are not in order
   * @param tasks that late flows are shared by
   * @return empty where that is no faster than to rank all, or row groups are not in order
   */
  Optional<TopRows> best(
      StoredGroups all,
      Function<StoredGroups, Optional<TopRows>> ranked,
      int tasks,
      SparkSession session,
      Broadcast<SerializableConfiguration> hadoop) {
    StoredGroups early = all.beginningFirst(FIRST_PART);
    Optional<TopRows> best = isSmall(early, all) ? ranked.apply(early) : Optional.empty();
    if (best.isEmpty() || best.get().tables().get(0).size() < limit) {
      return Optional.empty();
    }
    // Groups of row groups that begin later than the last one shown are ranked behind it.
    long last = lastMillis(best.get().tables().get(0));
    StoredGroups late = all.without(early, group -> group.earliest() / MICROS_PER_MILLI > last);
    if (early.size() + late.size() < all.size()) {
      early = all.without(late, group -> true);
      best = isSmall(early, all) ? ranked.apply(early) : Optional.empty();
    }
    List<List<FileGroups>> parts = late.evenParts(tasks);
    return best.map(
        known -> parts.isEmpty() ? known : withLate(known, parts, session.sparkContext(), hadoop));
  }

  private TopRows withLate(
      TopRows early,
      List<List<FileGroups>> parts,
      SparkContext spark,
      Broadcast<SerializableConfiguration> hadoop) {
    List<UnsafeRow> groups =
        early.tables().get(0).stream().map(group -> (UnsafeRow) group).toList();
    LateTask task = new LateTask(plan, keys, groups, hadoop);
    List<LateFlows.Sums> late =
        JavaSparkContext.fromSparkContext(spark)
            .parallelize(parts, parts.size())
            .map(task::sums)
            .collect();
    PackedGroups merged = new PackedGroups(keys.layout(), Integer.MAX_VALUE);
    groups.forEach(merged::add);
    late.forEach(sums -> sums.groups().forEach(merged::add));
    return new TopRows(
        late.stream().map(LateFlows.Sums::totals).reduce(early.totals(), FlowCounters::plus),
        List.of(List.copyOf(merged.rows())));
  }

  private record LateTask(
      RunPlan plan,
      MergedFiles.Keys keys,
      List<UnsafeRow> groups,
      Broadcast<SerializableConfiguration> hadoop)
      implements Serializable {
    LateFlows.Sums sums(List<FileGroups> files) throws IOException {
      return LateFlows.of(files, plan, keys, groups, hadoop.value().value());
    }
  }

  /** Whether there are some that can be merged, and it is no matter if they are read in vain. */
  private static boolean isSmall(StoredGroups some, StoredGroups all) {
    return some.size() > 0 && some.canBeMerged() && 2 * some.cost() <= all.cost();
  }

  private static long lastMillis(List<InternalRow> groups) {
    return groups.stream()
        .mapToLong(group -> group.getLong(CounterColumns.FIRST) / MICROS_PER_MILLI)
        .max()
        .orElseThrow();
  }
}
