package org.flowlake.converters.parquet.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
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
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.flowlake.converters.parquet.ParquetFooters;
import org.flowlake.converters.parquet.StoredParquet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files written column by column, read back by Iceberg's own reader. */
class ColumnFileTest {
  private static final int ROWS = 12_345;

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "port", Types.IntegerType.get()),
          Types.NestedField.optional(2, "bytes", Types.LongType.get()),
          Types.NestedField.optional(3, "name", Types.StringType.get()),
          Types.NestedField.optional(4, "host", Types.BinaryType.get()));

  @TempDir private Path folder;
  private Table table;
  private final Object[][] rows = new Object[ROWS][];

  @BeforeEach
  void makeTable() {
    table =
        new HadoopTables(new Configuration())
            .create(
                SCHEMA,
                PartitionSpec.unpartitioned(),
                Map.of(
                    TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, "100000",
                    TableProperties.PARQUET_PAGE_ROW_LIMIT, "700",
                    TableProperties.PARQUET_DICT_SIZE_BYTES, "4096",
                    TableProperties.PARQUET_COMPRESSION, "zstd"),
                folder.resolve("table").toString());
  }

  /** What the values of the columns look like. */
  private enum Shape {
    ALIKE,
    FEW,
    MANY,
    IN_RUNS,
    EXTREME,
    ABSENT,
    HALF_ABSENT
  }

  private void fill(Shape shape) {
    Random random = new Random(shape.ordinal());
    long run = 0;
    for (int row = 0; row < ROWS; row++) {
      run += random.nextInt(30) == 0 ? 1 : 0;
      long number =
          switch (shape) {
            case ALIKE, ABSENT -> 7;
            case FEW, HALF_ABSENT -> random.nextInt(30) * 1_000_003L;
            case MANY -> random.nextLong();
            case IN_RUNS -> run * 1_000_003;
            case EXTREME -> random.nextBoolean() ? Long.MIN_VALUE : -1L >>> random.nextInt(64);
          };
      boolean isAbsent =
          shape == Shape.ABSENT || shape == Shape.HALF_ABSENT && random.nextBoolean();
      rows[row] = isAbsent ? new Object[4] : values(number);
    }
  }

  private static Object[] values(long number) {
    return new Object[] {
      (int) (number ^ number >>> 32),
      number,
      "flow " + number,
      ByteBuffer.allocate(16).putLong(number >>> 9 & 0xFF_00FF).putLong(number).flip()
    };
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
            switch (column.getPath()[0]) {
              case "port" -> numbers(row -> (Number) rows[row][0]);
              case "bytes" -> numbers(row -> (Number) rows[row][1]);
              case "name" -> names();
              default -> hosts();
            });
  }

  private static ColumnValues<?> numbers(IntFunction<Number> values) {
    return ColumnValues.ofNumbers(
        (target, from, to) -> {
          for (int row = from; row < to; row++) {
            Number number = values.apply(row);
            if (number == null) {
              target.addAbsent();
            } else {
              target.add(number.longValue());
            }
          }
        });
  }

  private ColumnValues<?> names() {
    return ColumnValues.ofBytes(
        (target, from, to) -> {
          for (int row = from; row < to; row++) {
            if (rows[row][2] == null) {
              target.addAbsent();
            } else {
              target.add(((String) rows[row][2]).getBytes(StandardCharsets.UTF_8));
            }
          }
        });
  }

  private ColumnValues<?> hosts() {
    return ColumnValues.ofAddresses(
        (target, from, to) -> {
          for (int row = from; row < to; row++) {
            ByteBuffer host = (ByteBuffer) rows[row][3];
            if (host == null) {
              target.addAbsent();
            } else {
              target.add(host.getLong(0), host.getLong(8));
            }
          }
        });
  }

  private DataFile write() throws IOException {
    ColumnFile file = open();
    try (file) {
      file.write(0, 1);
      file.write(1, 2500);
      file.write(2500, ROWS);
    }
    return file.toDataFile();
  }

  private List<List<Object>> read(DataFile file) throws IOException {
    List<List<Object>> read = new ArrayList<>();
    try (CloseableIterable<Record> records =
        Parquet.read(table.io().newInputFile(file.location()))
            .project(SCHEMA)
            .createReaderFunc(type -> GenericParquetReaders.buildReader(SCHEMA, type))
            .build()) {
      records.forEach(
          record ->
              read.add(Arrays.asList(record.get(0), record.get(1), record.get(2), record.get(3))));
    }
    return read;
  }

  @ParameterizedTest
  @EnumSource
  void givesBackEveryRowOverManyRowGroupsAndRaggedWrites(Shape shape) throws IOException {
    fill(shape);

    DataFile file = write();
    List<List<Object>> read = read(file);

    if (shape != Shape.ABSENT) {
      assertThat(file.splitOffsets()).as("one row group shows nothing").hasSizeGreaterThan(2);
    }
    assertEquals(ROWS, read.size());
    for (int row = 0; row < ROWS; row++) {
      assertEquals(Arrays.asList(rows[row]), read.get(row), "row " + row);
    }
  }

  @ParameterizedTest
  @EnumSource
  void countsNullsAndBoundsAsTheyAre(Shape shape) throws IOException {
    fill(shape);

    DataFile file = write();

    assertEquals(ROWS, file.recordCount());
    assertEquals(file.fileSizeInBytes(), table.io().newInputFile(file.location()).getLength());
    for (Types.NestedField column : SCHEMA.columns()) {
      List<Object> present = new ArrayList<>();
      for (Object[] row : rows) {
        if (row[column.fieldId() - 1] != null) {
          present.add(row[column.fieldId() - 1]);
        }
      }
      assertEquals(ROWS - present.size(), file.nullValueCounts().get(column.fieldId()));
      if (column.fieldId() <= 2 && !present.isEmpty()) {
        present.sort(null);
        ByteBuffer least = file.lowerBounds().get(column.fieldId());
        ByteBuffer greatest = file.upperBounds().get(column.fieldId());
        assertEquals(present.get(0), bound(least, column.type()));
        assertEquals(present.get(present.size() - 1), bound(greatest, column.type()));
      }
    }
  }

  private static Object bound(ByteBuffer bytes, Type type) {
    return Conversions.fromByteBuffer(type, bytes);
  }

  /** Addresses compare as unsigned bytes; Iceberg cuts its bounds of bytes off after 16. */
  @Test
  void boundsOfAddressesAreUnsigned() throws IOException {
    fill(Shape.ALIKE);
    rows[100] = values(7);
    rows[100][3] = ByteBuffer.allocate(16).putLong(-1).putLong(1).flip();
    rows[200] = values(7);
    rows[200][3] = ByteBuffer.allocate(16).putLong(0).putLong(1).flip();

    DataFile file = write();

    assertEquals(rows[200][3], file.lowerBounds().get(4));
    assertEquals(rows[100][3], file.upperBounds().get(4));
  }

  private Set<Encoding> encodings(DataFile file, String column) throws IOException {
    Set<Encoding> encodings = new TreeSet<>();
    StoredParquet stored = new StoredParquet(table.io().newInputFile(file.location()));
    for (BlockMetaData block : ParquetFooters.of(stored).getBlocks()) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        if (chunk.getPath().toDotString().equals(column)) {
          encodings.addAll(chunk.getEncodings());
        }
      }
    }
    return encodings;
  }

  @Test
  void fewValuesHaveADictionaryAndManyHaveNone() throws IOException {
    fill(Shape.FEW);
    DataFile few = write();
    fill(Shape.MANY);
    DataFile many = write();

    assertThat(encodings(few, "bytes")).contains(Encoding.RLE_DICTIONARY);
    assertThat(encodings(few, "host")).contains(Encoding.RLE_DICTIONARY);
    assertThat(encodings(many, "bytes")).containsExactly(Encoding.DELTA_BINARY_PACKED);
    assertThat(encodings(many, "host")).containsExactly(Encoding.DELTA_BYTE_ARRAY);
  }

  @Test
  void saysNothingOfAFileThatIsStillOpen() throws IOException {
    try (ColumnFile file = open()) {
      assertThrows(IllegalStateException.class, file::toDataFile);
    }
  }
}
