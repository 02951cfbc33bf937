package org.flowlake.converters.rollup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Column;
import org.flowlake.converters.flow.FlowField;

/**
 * The days (UTC, of first seen) on which flows can lie that somebody looks for.
 *
 * @param all every flow can; the other two say nothing then
 * @param days days since 1970-01-01
 * @param withoutTime flows that have no time can, too
 */
public record PossibleDays(boolean all, NavigableSet<Integer> days, boolean withoutTime) {
  /** Nothing is known. */
  public static final PossibleDays ALL = new PossibleDays(true, new TreeSet<>(), true);

  /** More runs of days than these are joined over the shortest gaps: each is a test of a scan. */
  static final int MOST_RUNS = 64;

  /** Whole days, one after another; {@code end} is the first one after them. */
  record Run(int first, int end) {}

  /** Whether no flow can be one that somebody looks for. */
  public boolean isEmpty() {
    return !all && days.isEmpty() && !withoutTime;
  }

  /** The days that are in both. */
  public PossibleDays both(PossibleDays other) {
    if (all || other.all) {
      return all ? other : this;
    }
    NavigableSet<Integer> common = new TreeSet<>(days);
    common.retainAll(other.days);
    return new PossibleDays(false, common, withoutTime && other.withoutTime);
  }

  /** The days that are in either. */
  public PossibleDays either(PossibleDays other) {
    if (all || other.all) {
      return ALL;
    }
    NavigableSet<Integer> joined = new TreeSet<>(days);
    joined.addAll(other.days);
    return new PossibleDays(false, joined, withoutTime || other.withoutTime);
  }

  /** A test that all flows of these days pass; true for all of them. */
  public Column condition() {
    if (all) {
      return lit(true);
    }
    Column first = col(FlowField.FIRST_SEEN.column());
    Column possible = withoutTime ? first.isNull() : lit(false);
    for (Run run : runs()) {
      possible =
          possible.or(first.geq(lit(start(run.first()))).and(first.lt(lit(start(run.end())))));
    }
    return possible;
  }

  /** As {@link #condition()}, for Iceberg. */
  public Expression expression() {
    if (all) {
      return Expressions.alwaysTrue();
    }
    String first = FlowField.FIRST_SEEN.column();
    Expression possible = withoutTime ? Expressions.isNull(first) : Expressions.alwaysFalse();
    for (Run run : runs()) {
      possible =
          Expressions.or(
              possible,
              Expressions.and(
                  Expressions.greaterThanOrEqual(first, micros(run.first())),
                  Expressions.lessThan(first, micros(run.end()))));
    }
    return possible;
  }

  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (int day : days) {
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (last != null && last.end() == day) {
        runs.set(runs.size() - 1, new Run(last.first(), day + 1));
      } else {
        runs.add(new Run(day, day + 1));
      }
    }
    while (runs.size() > MOST_RUNS) {
      List<Run> all = runs;
      int gap =
          IntStream.range(1, runs.size())
              .boxed()
              .min(Comparator.comparing(i -> all.get(i).first() - all.get(i - 1).end()))
              .orElseThrow();
      runs.set(gap - 1, new Run(runs.get(gap - 1).first(), runs.get(gap).end()));
      runs.remove(gap);
    }
    return runs;
  }

  private static Instant start(int day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static long micros(int day) {
    return start(day).getEpochSecond() * 1_000_000;
  }
}
