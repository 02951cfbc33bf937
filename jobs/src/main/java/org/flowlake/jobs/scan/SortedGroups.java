package org.flowlake.jobs.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.flowlake.jobs.question.RankOrder;
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
  private static final int MOST_COLUMNS = 64;

  private SortedGroups() {}

  /**
   * The best groups.
   *
   * @param rows begin with counters, all other columns are keys
   * @param dstColumn name of the key that is the whole destination address
   * @param srcColumn name of the key that is the whole source address
   * @return empty where the files turn out not to be sorted, or one address has more groups than a
   *     task may hold: then they must be grouped another way
   */
  public static Optional<TopRows> best(
      SortedFlows rows,
      String dstColumn,
      Optional<String> srcColumn,
      List<Ranking> rankings,
      int limit,
      Ranking.Members countedInTotals) {
    StructType schema = rows.parts().get(0).flows().schema();
    List<String> names = Arrays.asList(schema.fieldNames());
    if (names.size() > MOST_COLUMNS) {
      return Optional.empty();
    }
    MergedFiles.Keys keys =
        new MergedFiles.Keys(
            names.size(), names.indexOf(dstColumn), srcColumn.map(names::indexOf).orElse(-1));
    LongAccumulator gaveUp =
        rows.parts().get(0).flows().sparkSession().sparkContext().longAccumulator();
    List<RDD<InternalRow>> merged = new ArrayList<>();
    for (SortedFlows.Part part : rows.parts()) {
      RDD<InternalRow> files = part.flows().queryExecution().toRdd();
      merged.add(new MergedFiles(files, part.range(), keys, gaveUp));
    }
    RDD<InternalRow> all =
        merged
            .get(0)
            .context()
            .union(CollectionConverters.asScala(merged).toSeq(), merged.get(0).elementClassTag());
    JavaRDD<InternalRow> groups = all.toJavaRDD();
    TopRows best =
        TopRows.of(groups, schema, rankings, limit, TopRows.Ties.COLUMNS, countedInTotals);
    if (gaveUp.value() > 0) {
      LOG.warn("The lake's files are not all in order; flows are grouped by a shuffle");
      return Optional.empty();
    }
    return Optional.of(best);
  }

  /** The best groups of one order, counted in the totals all. */
  public static Optional<TopRows> best(
      SortedFlows rows, String dstColumn, Optional<String> srcColumn, RankOrder order, int limit) {
    return best(rows, dstColumn, srcColumn, List.of(Ranking.ofAll(order)), limit, row -> true);
  }
}
