package org.flowlake.converters.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.CodecFactory;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;

/**
 * A new data file of a table, written column by column: some rows of one column, then the same rows
 * of the next. Iceberg's own writer goes row by row through all columns, which costs a quarter
 * more.
 *
 * <p>Sizes, encodings and compression are those of the table's properties. Columns are optional and
 * at top level. Bounds and counts of the data file are made as Iceberg makes them.
 */
public final class ColumnFile implements Closeable {
  /**
   * So many rows of a column are written before the next column's, and before sizes are checked.
   */
  private static final int CHUNK_ROWS = 1000;

  /** What Iceberg calls the schema in the footer. */
  private static final String SCHEMA_KEY = "iceberg.schema";

  private static final int NO_PADDING = 0;

  private final Table table;
  private final Schema schema;
  private final StructLike partition;
  private final String location;
  private final ColumnFileProperties properties;
  private final MessageType type;
  private final List<ColumnValues> values = new ArrayList<>();
  private final CodecFactory codecs;
  private final ParquetFileWriter file;
  private final List<ColumnWriter> columns = new ArrayList<>();
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore store;
  private long rowsOfGroup;
  private boolean closed;
  private DataFile written;

  /**
   * Creates the file, or replaces one of this name.
   *
   * @param schema the columns that the file has
   * @param partition of the table, see its partition spec
   * @param values for each column what it is written from
   */
  public ColumnFile(
      Table table,
      Schema schema,
      EncryptedOutputFile output,
      StructLike partition,
      Function<ColumnDescriptor, ColumnValues> values)
      throws IOException {
    this.table = table;
    this.schema = schema;
    this.partition = partition;
    this.location = output.encryptingOutputFile().location();
    this.type = ParquetSchemaUtil.convert(schema, "table");
    type.getColumns().forEach(column -> this.values.add(values.apply(column)));
    this.properties = ColumnFileProperties.of(table);
    Configuration compression = properties.compression();
    this.codecs = new CodecFactory(compression, properties.columns().getPageSizeThreshold());
    this.file =
        new ParquetFileWriter(
            new ParquetOutput(output.encryptingOutputFile()),
            type,
            ParquetFileWriter.Mode.OVERWRITE,
            properties.rowGroupBytes(),
            NO_PADDING,
            null,
            properties.columns());
    file.start();
    startRowGroup();
  }

  /** Appends rows from..to of what the columns are written from. */
  public void write(int from, int to) throws IOException {
    for (int next = from; next < to; next += CHUNK_ROWS) {
      int end = Math.min(to, next + CHUNK_ROWS);
      for (int i = 0; i < columns.size(); i++) {
        values.get(i).write(columns.get(i), next, end);
      }
      // A page counts the values that it holds, so it does not matter that all are there already.
      for (int row = next; row < end; row++) {
        store.endRecord();
      }
      rowsOfGroup += end - next;
      long bytes = store.getBufferedSize();
      if (bytes + bytes / rowsOfGroup * CHUNK_ROWS > properties.rowGroupBytes()) {
        endRowGroup();
        startRowGroup();
      }
    }
  }

  /** About so many bytes the file will have with the rows that it has now. */
  public long length() throws IOException {
    return file.getPos() + store.getBufferedSize();
  }

  /** What a commit needs to know of the file; once it is closed. */
  public DataFile toDataFile() {
    if (written == null) {
      throw new IllegalStateException(location + " is not closed");
    }
    return written;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (rowsOfGroup > 0) {
        endRowGroup();
      } else {
        store.close();
        pages.close();
      }
      file.end(Map.of(SCHEMA_KEY, SchemaParser.toJson(schema)));
      written = describe();
    } finally {
      codecs.release();
      file.close();
    }
  }

  private DataFile describe() throws IOException {
    return DataFiles.builder(table.spec())
        .withFormat(FileFormat.PARQUET)
        .withPath(location)
        .withPartition(partition)
        .withFileSizeInBytes(file.getPos())
        .withMetrics(
            ParquetUtil.footerMetrics(
                file.getFooter(), Stream.empty(), MetricsConfig.forTable(table)))
        .withSplitOffsets(ParquetUtil.getSplitOffsets(file.getFooter()))
        .build();
  }

  private void startRowGroup() {
    ParquetProperties settings = properties.columns();
    pages =
        new ColumnChunkPageWriteStore(
            codecs.getCompressor(properties.codec()),
            type,
            settings.getAllocator(),
            settings.getColumnIndexTruncateLength());
    store = settings.newColumnWriteStore(type, pages);
    columns.clear();
    type.getColumns().forEach(column -> columns.add(store.getColumnWriter(column)));
    rowsOfGroup = 0;
  }

  private void endRowGroup() throws IOException {
    file.startBlock(rowsOfGroup);
    store.flush();
    pages.flushToFileWriter(file);
    file.endBlock();
    store.close();
    pages.close();
  }
}
