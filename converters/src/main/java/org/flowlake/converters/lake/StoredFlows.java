package org.flowlake.converters.lake;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.parquet.Parquet;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;

/** Reads the flows of one data file back into columns, in the file's order. */
final class StoredFlows implements Closeable {
  private final CloseableIterable<StructLike> file;
  private final CloseableIterator<StructLike> rows;
  private final int sourceId;

  private StoredFlows(CloseableIterable<StructLike> file, int sourceId) {
    this.file = file;
    this.rows = file.iterator();
    this.sourceId = sourceId;
  }

  /**
   * Opens a data file for batches of {@link LakeLayout#fields}.
   *
   * @throws IllegalStateException if the table has other columns than flow fields
   */
  static StoredFlows open(Table table, DataFile dataFile) {
    List<FlowField> fields = LakeLayout.fields(table);
    if (fields.size() != table.schema().columns().size()) {
      throw new IllegalStateException(
          table.name() + " has columns of another program, which a rewrite would lose");
    }
    return open(table, dataFile, fields);
  }

  /** Opens a data file for batches of these fields, {@code source_id} among them. */
  static StoredFlows open(Table table, DataFile dataFile, List<FlowField> fields) {
    Schema schema =
        new Schema(fields.stream().map(field -> table.schema().findField(field.column())).toList());
    return new StoredFlows(
        Parquet.read(table.io().newInputFile(dataFile.location()))
            .project(schema)
            .createReaderFunc(fileSchema -> InternalReader.create(schema, fileSchema))
            .build(),
        fields.indexOf(FlowField.SOURCE_ID));
  }

  /**
   * Appends flows to a batch until it has so many.
   *
   * @param without flows of these sources are left out
   * @return whether the batch has any
   */
  boolean read(FlowBatch batch, int most, Set<Integer> without) {
    while (batch.size() < most && rows.hasNext()) {
      StructLike row = rows.next();
      if (!without.contains(row.get(sourceId, Integer.class))) {
        for (int i = 0; i < batch.fields().size(); i++) {
          append(batch.column(i), row.get(i, Object.class));
        }
        batch.endFlow();
      }
    }
    return batch.size() > 0;
  }

  private static void append(FlowColumn column, Object value) {
    if (value == null) {
      column.appendNull();
      return;
    }
    switch (column.field().type()) {
      case INT -> column.appendInt((Integer) value);
      case LONG, TIMESTAMP -> column.appendLong((Long) value);
      case ADDRESS -> {
        ByteBuffer bytes = (ByteBuffer) value;
        column.appendAddress(
            bytes.getLong(bytes.position()), bytes.getLong(bytes.position() + Long.BYTES));
      }
      case TEXT -> column.appendBytes(value.toString().getBytes(StandardCharsets.UTF_8));
      case BYTES -> {
        byte[] bytes = new byte[((ByteBuffer) value).remaining()];
        ((ByteBuffer) value).duplicate().get(bytes);
        column.appendBytes(bytes);
      }
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
    file.close();
  }
}
