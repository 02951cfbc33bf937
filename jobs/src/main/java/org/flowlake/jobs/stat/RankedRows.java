package org.flowlake.jobs.stat;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.rows.AnswerRows;

/** The rows of one table, best first. */
sealed interface RankedRows {
  /** The rows on the driver, where they are printed; to be closed by the caller. */
  AnswerRows read();

  /** The rows where tasks write them; each is read before the next one is asked for. */
  JavaRDD<InternalRow> distributed(JavaSparkContext context);

  /** Rows that are in the driver already. */
  record Collected(List<InternalRow> rows, FlowCounters totals) implements RankedRows {
    @Override
    public AnswerRows read() {
      return AnswerRows.collected(rows, totals);
    }

    @Override
    public JavaRDD<InternalRow> distributed(JavaSparkContext context) {
      return context.parallelize(rows, 1);
    }
  }

  /** Rows that Spark sorts, however many they are. */
  record Sorted(Dataset<Row> rows, FlowCounters totals) implements RankedRows {
    @Override
    public AnswerRows read() {
      return AnswerRows.arranged(rows, totals, () -> {});
    }

    @Override
    public JavaRDD<InternalRow> distributed(JavaSparkContext context) {
      return rows.queryExecution().toRdd().toJavaRDD();
    }
  }
}
