package org.flowlake.converters.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopCodecs;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads columns of a file's row groups, those that say nothing new without touching the file. */
public final class RowGroupReader implements Closeable {
  private final String path;
  private final ParquetMetadata footer;
  private final ParquetFileReader reader;

  private RowGroupReader(InputFile file, ParquetMetadata footer, ParquetReadOptions options)
      throws IOException {
    this.path = file.toString();
    this.footer = footer;
    this.reader = new ParquetFileReader(file, footer, options, file.newStream());
  }

  /** Opens a data file that Hadoop gives access to, as tasks do. */
  public static RowGroupReader open(String path, Configuration hadoop) throws IOException {
    Path place = new Path(path);
    ParquetReadOptions.Builder options =
        HadoopReadOptions.builder(hadoop, place)
            .withCodecFactory(new ZstdPages(HadoopCodecs.newFactory(hadoop, 0)));
    if (place.getFileSystem(hadoop) instanceof LocalFileSystem) {
      // Its vectored reads hand every range to another thread and wait for it, which takes longer
      // than to read it.
      options.withUseHadoopVectoredIo(false);
    }
    return new RowGroupReader(
        HadoopInputFile.fromPath(place, hadoop), ParquetFooters.of(path, hadoop), options.build());
  }

  /** Opens a data file that Iceberg gives access to. */
  public static RowGroupReader open(StoredParquet file) throws IOException {
    return new RowGroupReader(file, ParquetFooters.of(file), StoredParquet.options());
  }

  /** Whether this file has these columns, or some of them, in a form that is read. */
  public boolean accepts(List<? extends StoredColumn> columns) {
    return accepts(footer.getFileMetaData().getSchema(), columns);
  }

  /** Whether files of this schema have these columns, or some of them, in a form that is read. */
  public static boolean accepts(MessageType schema, List<? extends StoredColumn> columns) {
    for (StoredColumn column : columns) {
      if (schema.containsField(column.name())) {
        Type type = schema.getType(column.name());
        if (!type.isPrimitive()
            || type.isRepetition(Type.Repetition.REPEATED)
            || !column.accepts(type.asPrimitiveType())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Memory that the columns take of a row group, at most. */
  public static long bytes(BlockMetaData block, List<? extends StoredColumn> columns) {
    long each = 0;
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      Statistics<?> known = chunk.getStatistics();
      boolean isAbsent =
          known != null && known.isNumNullsSet() && known.getNumNulls() == block.getRowCount();
      for (StoredColumn column : columns) {
        if (!isAbsent && chunk.getPath().equals(ColumnPath.get(column.name()))) {
          each += column instanceof AddressColumn ? AddressColumn.BYTES : Long.BYTES;
        }
      }
    }
    return each * block.getRowCount();
  }

  /** How many row groups there are. */
  public int groups() {
    return footer.getBlocks().size();
  }

  /** Rows of a row group. */
  public int rows(int group) {
    return Math.toIntExact(footer.getBlocks().get(group).getRowCount());
  }

  /**
   * What is known of a column in a row group; null where nothing is, or there is no such column.
   */
  Statistics<?> statistics(int group, String column) throws IOException {
    return footer.getFileMetaData().getSchema().containsField(column)
        ? chunk(footer.getBlocks().get(group), column).getStatistics()
        : null;
  }

  /** Reads columns of a row group; a column that the file does not have is absent in all rows. */
  public void read(int group, List<? extends StoredColumn> columns) throws IOException {
    read(group, columns, rows(group));
  }

  /**
   * The same of the first rows alone.
   *
   * @param needed how many; the columns are left open after the page in which they end
   */
  public void read(int group, List<? extends StoredColumn> columns, int needed) throws IOException {
    int rows = rows(group);
    read(group, columns, rows, (column, pages, type) -> column.read(pages, type, rows, needed));
  }

  /**
   * Reads some rows of a row group: the first one of these is row 0 of the columns then, and so on.
   *
   * @param picked ascending
   */
  public void pick(int group, List<? extends StoredColumn> columns, int[] picked)
      throws IOException {
    int rows = rows(group);
    read(
        group,
        columns,
        picked.length,
        (column, pages, type) -> column.pick(pages, type, rows, picked));
  }

  /** Reads a column whose rows are not all alike. */
  private interface Reading {
    void read(StoredColumn column, PageReader pages, ColumnDescriptor type) throws IOException;
  }

  private void read(int group, List<? extends StoredColumn> columns, int kept, Reading reading)
      throws IOException {
    BlockMetaData block = footer.getBlocks().get(group);
    List<StoredColumn> stored = new ArrayList<>();
    List<ColumnDescriptor> descriptors = new ArrayList<>();
    MessageType schema = footer.getFileMetaData().getSchema();
    for (StoredColumn column : columns) {
      if (!schema.containsField(column.name())) {
        column.setAbsent(kept);
        continue;
      }
      Statistics<?> statistics = chunk(block, column.name()).getStatistics();
      if (statistics != null
          && statistics.isNumNullsSet()
          && statistics.getNumNulls() == block.getRowCount()) {
        column.setAbsent(kept);
      } else if (isConstant(statistics)) {
        column.setConstant(kept, statistics);
      } else {
        stored.add(column);
        descriptors.add(schema.getColumnDescription(new String[] {column.name()}));
      }
    }
    if (stored.isEmpty()) {
      return;
    }
    reader.setRequestedSchema(descriptors);
    try (PageReadStore pages = reader.readRowGroup(group)) {
      for (int i = 0; i < stored.size(); i++) {
        ColumnDescriptor descriptor = descriptors.get(i);
        reading.read(stored.get(i), pages.getPageReader(descriptor), descriptor);
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException(path + ", row group " + group + ": " + e.getMessage(), e);
    }
  }

  private static boolean isConstant(Statistics<?> statistics) {
    return statistics != null
        && statistics.isNumNullsSet()
        && statistics.getNumNulls() == 0
        && statistics.hasNonNullValue()
        && Arrays.equals(statistics.getMinBytes(), statistics.getMaxBytes());
  }

  private ColumnChunkMetaData chunk(BlockMetaData block, String name) throws IOException {
    ColumnPath column = ColumnPath.get(name);
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      if (chunk.getPath().equals(column)) {
        return chunk;
      }
    }
    throw new IOException(path + ": a row group has no column " + name);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
