package org.flowlake.jobs.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.flowlake.jobs.question.FlowCounters;

/**
 * The best rows of each of several rankings and the totals of all rows, in one pass: every task
 * keeps at most {@code limit} rows per ranking, the driver merges those.
 *
 * @param totals of the rows that count for them
 * @param tables the rows of each ranking, best first
 */
public record TopRows(FlowCounters totals, List<List<InternalRow>> tables) {

  /** Which of two rows of equal rank comes first. */
  public enum Ties {
    /** The one that comes first in the data. */
    ARRIVAL,
    /** The one whose columns after the counters come first, see {@link RowComparator}. */
    COLUMNS
  }

  /** Of rows that begin with counters; runs one job, if these are not at hand already. */
  public static TopRows of(
      Dataset<Row> rows,
      List<Ranking> rankings,
      int limit,
      Ties ties,
      Ranking.Members countedInTotals) {
    StructType schema = rows.schema();
    Optional<List<InternalRow>> local = LocalRows.of(rows);
    return local.isPresent()
        ? of(List.of(local.get().iterator()), schema, rankings, limit, ties, countedInTotals)
        : of(
            rows.queryExecution().toRdd().toJavaRDD(),
            schema,
            rankings,
            limit,
            ties,
            countedInTotals);
  }

  /** The totals of rows that begin with counters. */
  public static FlowCounters totals(Dataset<Row> rows, Ranking.Members counted) {
    return of(rows, List.of(), 0, Ties.ARRIVAL, counted).totals();
  }

  /** As {@link #of(Dataset, List, int, Ties, Ranking.Members)}, for rows of this schema. */
  public static TopRows of(
      JavaRDD<InternalRow> rows,
      StructType schema,
      List<Ranking> rankings,
      int limit,
      Ties ties,
      Ranking.Members countedInTotals) {
    Collector collector = new Collector(rankings, limit, comparator(schema, ties), countedInTotals);
    List<Partial> partials = rows.mapPartitionsWithIndex(collector::collect, true).collect();
    return collector.merge(partials);
  }

  /**
   * The same of rows in this JVM, part by part in as many threads as there are cores; of each part
   * one row object may come again and again with other values.
   */
  public static TopRows of(
      List<Iterator<InternalRow>> parts,
      StructType schema,
      List<Ranking> rankings,
      int limit,
      Ties ties,
      Ranking.Members countedInTotals) {
    Collector collector = new Collector(rankings, limit, comparator(schema, ties), countedInTotals);
    List<Partial> partials =
        IntStream.range(0, parts.size())
            .parallel()
            .mapToObj(part -> collector.collect(part, parts.get(part)).next())
            .toList();
    return collector.merge(partials);
  }

  private static RowComparator comparator(StructType schema, Ties ties) {
    return ties == Ties.ARRIVAL ? null : new RowComparator(schema, CounterColumns.COUNT);
  }

  /** A row with its rank and its place in the data. */
  private record Candidate(long value, long arrival, InternalRow row) implements Serializable {}

  private record Partial(FlowCounters totals, List<List<Candidate>> tables)
      implements Serializable {}

  private record Collector(
      List<Ranking> rankings, int limit, RowComparator columns, Ranking.Members countedInTotals)
      implements Serializable {
    private static final int PARTITION_SHIFT = 40;

    Iterator<Partial> collect(Integer partition, Iterator<InternalRow> rows) {
      List<PriorityQueue<Candidate>> heaps = new ArrayList<>();
      for (Ranking ranking : rankings) {
        heaps.add(new PriorityQueue<>(order(ranking).reversed()));
      }
      TotalCounters totals = new TotalCounters();
      long arrival = (long) partition << PARTITION_SHIFT;
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        arrival++;
        if (countedInTotals.has(row)) {
          totals.add(row);
        }
        for (int i = 0; i < heaps.size(); i++) {
          if (rankings.get(i).members().has(row)) {
            offer(heaps.get(i), rankings.get(i), row, arrival);
          }
        }
      }
      List<List<Candidate>> tables = new ArrayList<>();
      heaps.forEach(heap -> tables.add(new ArrayList<>(heap)));
      return Stream.of(new Partial(totals.toCounters(), tables)).iterator();
    }

    private void offer(
        PriorityQueue<Candidate> heap, Ranking ranking, InternalRow row, long arrival) {
      long value = ranking.value(row);
      if (heap.size() == limit) {
        Candidate worst = heap.peek();
        Candidate next = new Candidate(value, arrival, row);
        if (worst == null || order(ranking).compare(next, worst) >= 0) {
          return;
        }
        heap.poll();
      }
      heap.add(new Candidate(value, arrival, row.copy()));
    }

    private Comparator<Candidate> order(Ranking ranking) {
      return (left, right) -> {
        int byValue = ranking.order().compare(left.value(), right.value());
        if (byValue != 0) {
          return byValue;
        }
        return columns == null
            ? Long.compare(left.arrival(), right.arrival())
            : columns.compare(left.row(), right.row());
      };
    }

    TopRows merge(List<Partial> partials) {
      FlowCounters totals =
          partials.stream().map(Partial::totals).reduce(FlowCounters.NONE, FlowCounters::plus);
      List<List<InternalRow>> tables = new ArrayList<>();
      for (int i = 0; i < rankings.size(); i++) {
        int table = i;
        tables.add(
            partials.stream()
                .flatMap(partial -> partial.tables().get(table).stream())
                .sorted(order(rankings.get(table)))
                .limit(limit)
                .map(Candidate::row)
                .toList());
      }
      return new TopRows(totals, tables);
    }
  }
}
