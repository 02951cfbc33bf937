package org.flowlake.jobs.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.flowlake.jobs.groups.GroupLayout;
import org.flowlake.jobs.question.Measure;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.GroupColumn;
import org.flowlake.jobs.rows.Ranking;
import org.flowlake.jobs.rows.TopRows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The best groups of flows without a shuffle: the destination address is one of the keys, so a task
 * that reads one range of addresses in all files sees every flow of its groups.
 */
public final class SortedGroups {
  private static final Logger LOG = LoggerFactory.getLogger(SortedGroups.class);

  private SortedGroups() {}

  /**
   * The best groups.
   *
   * @param rows begin with counters
   * @param merged all other columns
   * @param finish what is ranked of the groups; the groups themselves where they are ranked as they
   *     are
   * @param dstColumn name of the key that is the whole destination address
   * @param srcColumn name of the key that is the whole source address
   * @return empty where the files turn out not to be sorted, or one address has more groups than a
   *     task may hold: then they must be grouped another way
   */
  public static Optional<TopRows> best(
      SortedFlows rows,
      List<GroupColumn> merged,
      UnaryOperator<Dataset<Row>> finish,
      String dstColumn,
      Optional<String> srcColumn,
      List<Ranking> rankings,
      int limit,
      Ranking.Members countedInTotals) {
    Dataset<Row> form = rows.form();
    List<String> names = Arrays.asList(form.schema().fieldNames());
    MergedFiles.Keys keys =
        new MergedFiles.Keys(
            GroupLayout.of(merged),
            names.indexOf(dstColumn),
            srcColumn.map(names::indexOf).orElse(-1),
            earliest(rankings, limit, countedInTotals));
    SparkSession session = (SparkSession) rows.session();
    LongAccumulator gaveUp = session.sparkContext().longAccumulator();
    boolean isRankedAsItIs = finish.apply(form) == form;
    Optional<Columns> columns = Columns.of(rows, form, keys);
    Optional<ShownTimes> times =
        isRankedAsItIs
            ? columns.flatMap(each -> each.timesOf(keys, rankings, limit))
            : Optional.empty();
    RDD<InternalRow> all =
        columns
            .<RDD<InternalRow>>map(each -> each.merged(session, keys, times.isEmpty(), gaveUp))
            .orElseGet(() -> ofRows(rows, keys, gaveUp));
    TopRows ranked =
        isRankedAsItIs
            // Spark would copy every group once more before it is ranked.
            ? TopRows.of(
                all.toJavaRDD(),
                form.schema(),
                rankings,
                limit,
                TopRows.Ties.COLUMNS,
                countedInTotals)
            : TopRows.of(
                finish.apply(session.internalCreateDataFrame(all, form.schema(), false)),
                rankings,
                limit,
                TopRows.Ties.COLUMNS,
                countedInTotals);
    Optional<TopRows> best =
        gaveUp.value() > 0
            ? Optional.empty()
            : times.map(each -> each.of(ranked)).orElse(Optional.of(ranked));
    if (best.isEmpty()) {
      LOG.warn(
          "The lake's files do not tell its groups by their order; flows are grouped by a shuffle");
    }
    return best;
  }

  /** How many groups are all that is asked for, where these are the ones first seen first. */
  private static int earliest(List<Ranking> rankings, int limit, Ranking.Members countedInTotals) {
    if (rankings.size() != 1 || countedInTotals != Ranking.Members.ALL) {
      return 0;
    }
    Ranking ranking = rankings.get(0);
    return ranking.members() == Ranking.Members.ALL
            && ranking.order().measure() == Measure.FIRST_SEEN
            && ranking.order().direction() == SortDirection.ASCENDING
        ? limit
        : 0;
  }

  /** Files that are read as columns. */
  private record Columns(RunPlan plan, StoredGroups groups, int ranges, Configuration hadoop) {
    /** Empty where more is asked of a flow than columns and expressions over them. */
    static Optional<Columns> of(SortedFlows rows, Dataset<Row> form, MergedFiles.Keys keys) {
      Optional<RunPlan> plan = RunPlan.of(form);
      if (plan.isEmpty()) {
        return Optional.empty();
      }
      Configuration hadoop = ((SparkSession) rows.session()).sessionState().newHadoopConf();
      try {
        return StoredGroups.of(rows.files(), plan.get(), keys.srcColumn() >= 0, hadoop)
            .map(groups -> new Columns(plan.get(), groups, rows.files().cuts().size() + 1, hadoop));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Optional<ShownTimes> timesOf(MergedFiles.Keys keys, List<Ranking> rankings, int limit) {
      return ShownTimes.suffice(groups, plan, keys, rankings, (long) limit * rankings.size())
          ? Optional.of(new ShownTimes(groups, plan, keys, hadoop))
          : Optional.empty();
    }

    MergedRuns merged(
        SparkSession session, MergedFiles.Keys keys, boolean withTimes, LongAccumulator gaveUp) {
      return new MergedRuns(
          session.sparkContext(),
          groups.parts(cuts(keys)),
          withTimes ? plan : plan.counting(StoredCounters.Kind.AMOUNTS),
          keys,
          gaveUp,
          SerializableConfiguration.broadcast(session.sparkContext(), hadoop));
    }

    private List<Place> cuts(MergedFiles.Keys keys) {
      Optional<String> sampled = groups.toSample(ranges);
      if (sampled.isEmpty()) {
        return groups.cuts(ranges);
      }
      try {
        List<StoredGroup> inFile = groups.byFile().get(sampled.get());
        return SampledCuts.of(sampled.get(), inFile, plan, keys, ranges, hadoop)
            .orElseGet(() -> groups.cuts(ranges));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** From rows of Spark's own reader and generated code. */
  private static RDD<InternalRow> ofRows(
      SortedFlows rows, MergedFiles.Keys keys, LongAccumulator gaveUp) {
    List<RDD<InternalRow>> ranges = new ArrayList<>();
    for (SortedFlows.Part part : rows.parts()) {
      RDD<InternalRow> files = part.flows().queryExecution().toRdd();
      ranges.add(new MergedFiles(files, part.range(), keys, gaveUp));
    }
    return ranges
        .get(0)
        .context()
        .union(CollectionConverters.asScala(ranges).toSeq(), ranges.get(0).elementClassTag());
  }

  /**
   * The best groups of one order, counted in the totals all.
   *
   * @param flows in which they are
   * @return empty where this grouping is not made by destination, or as above
   */
  public static Optional<TopRows> best(
      Supplier<SortedFlows> flows,
      StructType schema,
      FlowGrouping job,
      RankOrder order,
      int limit) {
    Optional<List<GroupColumn>> merged = job.merged(schema);
    if (merged.isEmpty() || job.dstKey().isEmpty()) {
      return Optional.empty();
    }
    SortedFlows sorted = flows.get();
    return sorted.isEmpty()
        ? Optional.empty()
        : best(
            sorted.map(part -> part.select(job.inputs(part.schema()).toArray(Column[]::new))),
            merged.get(),
            job::finished,
            job.dstKey().get(),
            job.srcKey(),
            List.of(Ranking.ofAll(order)),
            limit,
            Ranking.Members.ALL);
  }
}
