package org.flowlake.converters.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.parquet.FileReaders;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.converters.parquet.StoredColumn;
import org.flowlake.converters.parquet.StoredParquet;
import scala.Option;

/** Flows of which it is known where they lie; their columns are read when a question asks. */
public final class FoundFlows {
  private final List<FlowField> fields;
  private final List<Rows> found;
  private final int threads;

  /**
   * Rows of a row group.
   *
   * @param rows ascending
   */
  record Rows(StoredParquet file, int group, int[] rows) {}

  FoundFlows(List<FlowField> fields, List<Rows> found, int threads) {
    this.fields = fields;
    this.found = found;
    this.threads = threads;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** The flows as a table, of which Spark's plan reads the columns that it needs, here. */
  public Dataset<Row> rows(org.apache.spark.sql.SparkSession session) {
    return Dataset$.MODULE$.ofRows(
        (SparkSession) session,
        DataSourceV2Relation.create(
            new FoundFlowsTable(this),
            Option.empty(),
            Option.empty(),
            CaseInsensitiveStringMap.empty(),
            Option.empty()));
  }

  List<FlowField> fields() {
    return fields;
  }

  /** Reads columns of all of them. */
  InternalRow[] read(List<FlowField> columns) {
    try (FileReaders readers = new FileReaders(threads, "the flows")) {
      List<Callable<List<InternalRow>>> asked = new ArrayList<>();
      for (List<Rows> ofFile : byFile()) {
        asked.add(() -> read(ofFile, columns));
      }
      return readers.results(asked).stream().flatMap(List::stream).toArray(InternalRow[]::new);
    }
  }

  private List<List<Rows>> byFile() {
    List<List<Rows>> files = new ArrayList<>();
    StoredParquet file = null;
    for (Rows rows : found) {
      if (rows.file() != file) {
        file = rows.file();
        files.add(new ArrayList<>());
      }
      files.get(files.size() - 1).add(rows);
    }
    return files;
  }

  private static List<InternalRow> read(List<Rows> ofFile, List<FlowField> columns)
      throws IOException {
    List<StoredField> fields = columns.stream().map(StoredField::new).toList();
    List<StoredColumn> stored = fields.stream().map(StoredField::column).toList();
    List<InternalRow> all = new ArrayList<>();
    try (RowGroupReader reader = RowGroupReader.open(ofFile.get(0).file())) {
      for (Rows rows : ofFile) {
        reader.pick(rows.group(), stored, rows.rows());
        for (int i = 0; i < rows.rows().length; i++) {
          int row = i;
          all.add(new GenericInternalRow(fields.stream().map(f -> f.value(row)).toArray()));
        }
      }
    }
    return all;
  }
}
