package org.flowlake.jobs.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
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
import org.flowlake.jobs.question.RankOrder;
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
   * @param grouped all other columns
   * @param finish what is ranked of the groups; the groups themselves where they are ranked as they
   *     are
   * @param dstColumn name of the key that is the whole destination address
   * @param srcColumn name of the key that is the whole source address
   * @return empty where the files turn out not to be sorted, or are too many, or one address has
   *     more groups than a task may hold: then they must be grouped another way
   */
  public static Optional<TopRows> best(
      SortedFlows rows,
      List<GroupColumn> grouped,
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
            GroupLayout.of(grouped),
            names.indexOf(dstColumn),
            srcColumn.map(names::indexOf).orElse(-1));
    Question question =
        new Question(
            (SparkSession) rows.session(), keys, form.schema(), rankings, limit, countedInTotals);
    boolean isRankedAsItIs = finish.apply(form) == form;
    boolean ofEarliest = isRankedAsItIs && question.asksForEarliest();
    if (!rows.canBeMerged() && !ofEarliest) {
      return Optional.empty();
    }
    Optional<Columns> columns = Columns.of(rows, form, keys);
    Optional<TopRows> earliest =
        ofEarliest ? columns.flatMap(each -> each.earliest(question)) : Optional.empty();
    if (earliest.isPresent() || !rows.canBeMerged()) {
      return earliest;
    }
    Optional<Columns> merged = columns.filter(each -> each.groups().canBeMerged());
    Optional<TopRows> best =
        merged.isPresent() && isRankedAsItIs
            ? merged.get().best(question)
            : question.best(
                merged
                    .<Function<LongAccumulator, RDD<InternalRow>>>map(
                        each -> gaveUp -> each.merged(question, gaveUp))
                    .orElse(gaveUp -> ofRows(rows, keys, gaveUp)),
                isRankedAsItIs ? Optional.empty() : Optional.of(finish));
    if (best.isEmpty()) {
      LOG.warn(
          "The lake's files do not tell its groups by their order; flows are grouped by a shuffle");
    }
    return best;
  }

  /** What is asked of groups. */
  private record Question(
      SparkSession session,
      MergedFiles.Keys keys,
      StructType schema,
      List<Ranking> rankings,
      int limit,
      Ranking.Members countedInTotals) {
    boolean asksForEarliest() {
      return EarliestGroups.areAsked(rankings, limit, countedInTotals);
    }

    /**
     * The best of some groups.
     *
     * @param groups that tell the accumulator where they are not all
     * @param finish what is ranked; empty where it is the groups as they are
     * @return empty where they are not all
     */
    Optional<TopRows> best(
        Function<LongAccumulator, RDD<InternalRow>> groups,
        Optional<UnaryOperator<Dataset<Row>>> finish) {
      LongAccumulator gaveUp = session.sparkContext().longAccumulator();
      RDD<InternalRow> all = groups.apply(gaveUp);
      TopRows best =
          finish.isEmpty()
              // Spark would copy every group once more before it is ranked.
              ? TopRows.of(
                  all.toJavaRDD(), schema, rankings, limit, TopRows.Ties.COLUMNS, countedInTotals)
              : TopRows.of(
                  finish.get().apply(session.internalCreateDataFrame(all, schema, false)),
                  rankings,
                  limit,
                  TopRows.Ties.COLUMNS,
                  countedInTotals);
      return gaveUp.value() > 0 ? Optional.empty() : Optional.of(best);
    }
  }

  /** Files that are read as columns. */
  private record Columns(
      RunPlan plan,
      StoredGroups groups,
      int ranges,
      Configuration hadoop,
      Broadcast<SerializableConfiguration> shared) {
    /** Empty where more is asked of a flow than columns and expressions over them. */
    static Optional<Columns> of(SortedFlows rows, Dataset<Row> form, MergedFiles.Keys keys) {
      Optional<RunPlan> plan = RunPlan.of(form);
      if (plan.isEmpty()) {
        return Optional.empty();
      }
      SparkSession session = (SparkSession) rows.session();
      Configuration hadoop = session.sessionState().newHadoopConf();
      try {
        return StoredGroups.of(rows.files(), plan.get(), keys.srcColumn() >= 0, hadoop)
            .map(
                groups ->
                    new Columns(
                        plan.get(),
                        groups,
                        rows.files().cuts().size() + 1,
                        hadoop,
                        SerializableConfiguration.broadcast(session.sparkContext(), hadoop)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The best groups as they are. */
    Optional<TopRows> best(Question question) {
      Optional<ShownTimes> times =
          ShownTimes.suffice(
                  groups,
                  plan,
                  question.keys(),
                  question.rankings(),
                  (long) question.limit() * question.rankings().size())
              ? Optional.of(new ShownTimes(groups, plan, question.keys(), hadoop))
              : Optional.empty();
      RunPlan counted = times.isEmpty() ? plan : plan.counting(StoredCounters.Kind.AMOUNTS);
      Columns read = new Columns(counted, groups, ranges, hadoop, shared);
      Optional<TopRows> ranked =
          question.best(gaveUp -> read.merged(question, gaveUp), Optional.empty());
      return times.isEmpty() ? ranked : ranked.flatMap(times.get()::of);
    }

    /** Where only groups that were first seen first are shown; empty as {@link EarliestGroups}. */
    Optional<TopRows> earliest(Question question) {
      if (!plan.isPacked(question.keys())) {
        return Optional.empty();
      }
      return new EarliestGroups(plan, question.keys(), question.limit())
          .best(
              groups,
              some ->
                  question.best(
                      gaveUp ->
                          new Columns(plan, some, ranges, hadoop, shared)
                              .merged(question, some.cuts(ranges), gaveUp),
                      Optional.empty()),
              ranges,
              question.session(),
              shared);
    }

    MergedRuns merged(Question question, LongAccumulator gaveUp) {
      return merged(question, cuts(question.keys()), gaveUp);
    }

    private MergedRuns merged(Question question, List<Place> cuts, LongAccumulator gaveUp) {
      return new MergedRuns(
          question.session().sparkContext(),
          groups.parts(cuts),
          plan,
          question.keys(),
          gaveUp,
          shared);
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
