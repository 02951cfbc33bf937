package org.flowlake.jobs.result;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_csv;
import static org.apache.spark.sql.functions.to_json;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.jobs.question.QuestionException;

/** Prints a table as the lines that {@link ResultWriter} writes to files. */
public final class ResultLines {
  private static final int LINES_PER_CHECK = 1000;

  private ResultLines() {}

  /**
   * Prints the rows as they come, task after task.
   *
   * @throws QuestionException for a format that is not text
   */
  public static void print(Dataset<Row> table, ResultWriter writer, PrintStream out) {
    Map<String, String> options = new HashMap<>(writer.format().options());
    options.put("timestampFormat", ResultWriter.TIMESTAMP);
    options.put("timeZone", writer.zone().getId());
    Column row = struct(Arrays.stream(table.columns()).map(c -> col(c)).toArray(Column[]::new));
    Column line =
        switch (writer.format()) {
          case CSV -> to_csv(row, options);
          case NDJSON -> to_json(row, options);
          case PARQUET ->
              throw new QuestionException("Parquet goes to files only; name one with --out");
        };
    if (writer.format() == ResultFormat.CSV) {
      out.print(String.join(",", table.columns()) + "\n");
    }
    Iterator<Row> lines = table.select(line).toLocalIterator();
    for (long printed = 1; lines.hasNext(); printed++) {
      out.print(lines.next().getString(0) + "\n");
      if (printed % LINES_PER_CHECK == 0 && out.checkError()) {
        return;
      }
    }
  }
}
