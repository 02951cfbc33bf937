package org.flowlake.converters.parquet.write;

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
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.CodecFactory;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;

/**
 * A new data file of a table, written column by column: some rows of one column, then the same rows
 * of the next, and a row group once it is full. Iceberg's own writer goes row by row through all
 * columns, and encodes value by value.
 *
 * <p>Sizes, compression and which columns may have a dictionary are told by the table's properties;
 * a row group has its size in Parquet's plain encoding. Columns are optional and at top level.
 * Bounds and counts of the data file are made as Iceberg makes them.
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
  private final CodecFactory codecs;
  private final ParquetFileWriter file;
  private final List<ColumnValues.Column<?>> columns = new ArrayList<>();
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
      Function<ColumnDescriptor, ColumnValues<?>> values)
      throws IOException {
    this.table = table;
    this.schema = schema;
    this.partition = partition;
    this.location = output.encryptingOutputFile().location();
    this.type = ParquetSchemaUtil.convert(schema, "table");
    this.properties = ColumnFileProperties.of(table);
    EncodingMemory memory = new EncodingMemory();
    for (ColumnDescriptor column : type.getColumns()) {
      columns.add(values.apply(column).of(column, properties.columns(), memory));
    }
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
  }

  /** Appends rows from..to of what the columns are written from. */
  public void write(int from, int to) throws IOException {
    for (int next = from; next < to; next += CHUNK_ROWS) {
      int end = Math.min(to, next + CHUNK_ROWS);
      for (ColumnValues.Column<?> column : columns) {
        column.add(next, end);
      }
      rowsOfGroup += end - next;
      long bytes = plainBytes();
      if (bytes + bytes / rowsOfGroup * CHUNK_ROWS > properties.rowGroupBytes()) {
        writeRowGroup();
      }
    }
  }

  /** The file will have so many bytes, or a few less, with the rows that it has now. */
  public long length() throws IOException {
    return file.getPos() + plainBytes();
  }

  private long plainBytes() {
    long bytes = 0;
    for (ColumnValues.Column<?> column : columns) {
      bytes += column.buffer().plainBytes();
    }
    return bytes;
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
        writeRowGroup();
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

  private void writeRowGroup() throws IOException {
    ParquetProperties settings = properties.columns();
    try (ColumnChunkPageWriteStore pages =
        new ColumnChunkPageWriteStore(
            codecs.getCompressor(properties.codec()),
            type,
            settings.getAllocator(),
            settings.getColumnIndexTruncateLength())) {
      for (ColumnValues.Column<?> column : columns) {
        column.buffer().write(pages.getPageWriter(column.buffer().column()));
      }
      file.startBlock(rowsOfGroup);
      pages.flushToFileWriter(file);
      file.endBlock();
    }
    rowsOfGroup = 0;
  }
}
