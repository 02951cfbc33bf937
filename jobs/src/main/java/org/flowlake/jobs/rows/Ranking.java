package org.flowlake.jobs.rows;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.jobs.question.RankOrder;

/**
 * One table of an answer: which rows take part and what ranks them.
 *
 * @param order what ranks them
 * @param members which rows take part
 */
public record Ranking(RankOrder order, Members members) implements Serializable {
  /** A test on a row. */
  @FunctionalInterface
  public interface Members extends Serializable {
    /** All rows. */
    Members ALL = row -> true;

    boolean has(InternalRow row);
  }

  /** All rows take part. */
  public static Ranking ofAll(RankOrder order) {
    return new Ranking(order, Members.ALL);
  }

  long value(InternalRow row) {
    return order.value(CounterColumns.read(row));
  }
}
