package org.flowlake.converters.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files written column by column, read back by Iceberg's own reader. */
class ColumnFileTest {
  private static final int ROWS = 12_345;

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "port", Types.IntegerType.get()),
          Types.NestedField.optional(2, "bytes", Types.LongType.get()),
          Types.NestedField.optional(3, "name", Types.StringType.get()));

  @TempDir private Path folder;
  private Table table;

  @BeforeEach
  void makeTable() {
    table =
        new HadoopTables(new Configuration())
            .create(
                SCHEMA,
                PartitionSpec.unpartitioned(),
                Map.of(
                    TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, "20000",
                    TableProperties.PARQUET_DICT_SIZE_BYTES, "4096",
                    TableProperties.PARQUET_PAGE_VERSION, "v2",
                    TableProperties.PARQUET_COMPRESSION, "zstd"),
                folder.resolve("table").toString());
  }

  private static Integer port(int row) {
    return row % 7 == 0 ? null : row % 1000;
  }

  private static Long bytes(int row) {
    return row % 1001 == 5 ? null : row * 1_000_003L;
  }

  private static String name(int row) {
    return row < 3000 ? null : "flow " + row % 9000;
  }

  private ColumnFile open() throws IOException {
    return new ColumnFile(
        table,
        SCHEMA,
        OutputFileFactory.builderFor(table, 1, 1)
            .format(FileFormat.PARQUET)
            .build()
            .newOutputFile(),
        new PartitionData(table.spec().partitionType()),
        column ->
            (target, from, to) -> {
              for (int row = from; row < to; row++) {
                Object value =
                    switch (column.getPath()[0]) {
                      case "port" -> port(row);
                      case "bytes" -> bytes(row);
                      default -> name(row);
                    };
                if (value == null) {
                  target.writeNull(ColumnValues.TOP, ColumnValues.ABSENT);
                } else if (value instanceof Integer number) {
                  target.write(number, ColumnValues.TOP, ColumnValues.PRESENT);
                } else if (value instanceof Long number) {
                  target.write(number, ColumnValues.TOP, ColumnValues.PRESENT);
                } else {
                  target.write(
                      Binary.fromString((String) value), ColumnValues.TOP, ColumnValues.PRESENT);
                }
              }
            });
  }

  private List<List<Object>> read(DataFile file) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    try (CloseableIterable<Record> records =
        Parquet.read(table.io().newInputFile(file.location()))
            .project(SCHEMA)
            .createReaderFunc(type -> GenericParquetReaders.buildReader(SCHEMA, type))
            .build()) {
      records.forEach(
          record -> rows.add(Arrays.asList(record.get(0), record.get(1), record.get(2))));
    }
    return rows;
  }

  @Test
  void givesBackEveryRowOverManyRowGroupsAndRaggedWrites() throws IOException {
    ColumnFile file = open();
    try (file) {
      file.write(0, 1);
      file.write(1, 2500);
      file.write(2500, ROWS);
    }
    List<List<Object>> rows = read(file.toDataFile());

    assertTrue(file.toDataFile().splitOffsets().size() > 2, "one row group shows nothing");
    assertEquals(ROWS, rows.size());
    for (int row = 0; row < ROWS; row++) {
      assertEquals(Arrays.asList(port(row), bytes(row), name(row)), rows.get(row), "row " + row);
    }
  }

  @Test
  void countsNullsAndBoundsAsIcebergDoes() throws IOException {
    ColumnFile file = open();
    try (file) {
      file.write(0, ROWS);
    }
    DataFile written = file.toDataFile();

    assertEquals(ROWS, written.recordCount());
    assertEquals((ROWS + 6) / 7, written.nullValueCounts().get(1));
    assertEquals(3000, written.nullValueCounts().get(3));
    assertEquals(0, bound(written.lowerBounds().get(1), Types.IntegerType.get()));
    assertEquals(999, bound(written.upperBounds().get(1), Types.IntegerType.get()));
    assertEquals(
        (ROWS - 1) * 1_000_003L, bound(written.upperBounds().get(2), Types.LongType.get()));
    assertEquals(
        written.fileSizeInBytes(), table.io().newInputFile(written.location()).getLength());
  }

  private static Object bound(ByteBuffer bytes, org.apache.iceberg.types.Type type) {
    return Conversions.fromByteBuffer(type, bytes);
  }

  @Test
  void saysNothingOfAFileThatIsStillOpen() throws IOException {
    try (ColumnFile file = open()) {
      assertThrows(IllegalStateException.class, file::toDataFile);
    }
  }
}
