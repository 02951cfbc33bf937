package org.flowlake.jobs.rows;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An answer as a table, to be written or asked on. To be closed when that is done.
 *
 * @param rows in the order of the answer
 * @param release gives back what lies behind
 */
public record AnswerTable(Dataset<Row> rows, Runnable release) implements AutoCloseable {
  /** A table behind which nothing waits. */
  public static AnswerTable of(Dataset<Row> rows) {
    return new AnswerTable(rows, () -> {});
  }

  /** What is made of its rows. */
  public AnswerTable map(UnaryOperator<Dataset<Row>> change) {
    return new AnswerTable(change.apply(rows), release);
  }

  @Override
  public void close() {
    release.run();
  }
}
