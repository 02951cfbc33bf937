package org.flowlake.converters.rollup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.ParquetValueWriters.PrimitiveWriter;
import org.apache.iceberg.parquet.ParquetValueWriters.StructWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.flow.FlowType;

/** Groups straight into Parquet's column writers. All columns are optional and at top level. */
final class RollupParquetWriter extends StructWriter<RollupParquetWriter.Cursor> {
  private static final int ABSENT = 0;

  /** The group to be written next; one object for all of them. */
  static final class Cursor {
    private int group;

    void moveTo(int newGroup) {
      group = newGroup;
    }
  }

  private RollupParquetWriter(List<ParquetValueWriter<?>> columns) {
    super(columns);
  }

  /** A new file for groups of this table; rows have to come in the order of their keys. */
  static DataWriter<Cursor> open(
      Table table,
      OutputFileFactory files,
      Rollup rollup,
      RollupPeriod period,
      Integer date,
      RollupGroups groups)
      throws IOException {
    PartitionData partition = new PartitionData(table.spec().partitionType());
    partition.set(0, RollupTable.name(rollup, period));
    partition.set(1, date);
    return Parquet.writeData(files.newOutputFile(table.spec(), partition))
        .forTable(table)
        .schema(RollupTable.schemaOf(table.schema(), rollup))
        .withSpec(table.spec())
        .withPartition(partition)
        .createWriterFunc(schema -> of(schema, rollup, groups))
        .overwrite()
        .build();
  }

  /** For the columns of this file schema. */
  static RollupParquetWriter of(MessageType schema, Rollup rollup, RollupGroups groups) {
    List<ParquetValueWriter<?>> columns = new ArrayList<>();
    for (ColumnDescriptor column : schema.getColumns()) {
      columns.add(writer(column, rollup, groups));
    }
    return new RollupParquetWriter(columns);
  }

  private static ParquetValueWriter<?> writer(
      ColumnDescriptor column, Rollup rollup, RollupGroups groups) {
    String name = column.getPath()[0];
    switch (name) {
      case RollupTable.RECORDS:
        return sum(column, groups, RollupGroups.RECORDS);
      case RollupTable.FIRST_MILLIS:
        return millis(column, groups, RollupGroups.FIRST);
      case RollupTable.FIRST_MICROS:
        return micros(column, groups, RollupGroups.FIRST);
      case RollupTable.LAST_MILLIS:
        return millis(column, groups, RollupGroups.LAST);
      case RollupTable.LAST_MICROS:
        return micros(column, groups, RollupGroups.LAST);
      default:
        return ofField(column, FlowSchema.field(name).orElseThrow(), rollup, groups);
    }
  }

  private static ParquetValueWriter<?> ofField(
      ColumnDescriptor column, FlowField field, Rollup rollup, RollupGroups groups) {
    int tail = RollupKey.words(rollup) - 1;
    int leading = rollup.leadingKeys().indexOf(field);
    if (leading >= 0) {
      int word = RollupKey.word(rollup, leading);
      Presence present = group -> RollupKey.hasLeading(groups.keyWord(group, tail), leading);
      return switch (field.type()) {
        case ADDRESS -> new AddressWriter(column, present, groups, word);
        case INT -> new IntWriter(column, present, group -> groups.keyWord(group, word));
        default -> new LongWriter(column, present, group -> groups.keyWord(group, word));
      };
    }
    return switch (field) {
      case PROTO ->
          new IntWriter(
              column,
              group -> RollupKey.hasProto(groups.keyWord(group, tail)),
              group -> RollupKey.proto(groups.keyWord(group, tail)));
      case IP_VERSION ->
          new IntWriter(
              column,
              group -> RollupKey.hasVersion(groups.keyWord(group, tail)),
              group -> RollupKey.version(groups.keyWord(group, tail)));
      case TCP_FLAGS ->
          new IntWriter(
              column,
              group -> groups.sum(group, RollupGroups.FLAGS) != RollupGroups.NO_FLAGS,
              group -> groups.sum(group, RollupGroups.FLAGS));
      case FLOWS ->
          new LongWriter(
              column,
              group ->
                  groups.sum(group, RollupGroups.FLOWS) != groups.sum(group, RollupGroups.RECORDS),
              group -> groups.sum(group, RollupGroups.FLOWS));
      case IN_PACKETS -> sum(column, groups, RollupGroups.IN_PACKETS);
      case IN_BYTES -> sum(column, groups, RollupGroups.IN_BYTES);
      case OUT_PACKETS -> sum(column, groups, RollupGroups.OUT_PACKETS);
      case OUT_BYTES -> sum(column, groups, RollupGroups.OUT_BYTES);
      default -> throw new IllegalStateException(field.column() + " is no column of rollups");
    };
  }

  private static LongWriter sum(ColumnDescriptor column, RollupGroups groups, int which) {
    return new LongWriter(column, group -> true, group -> groups.sum(group, which));
  }

  private static LongWriter millis(ColumnDescriptor column, RollupGroups groups, int time) {
    return new LongWriter(
        column,
        group -> groups.hasTime(group, time),
        group -> Math.floorDiv(groups.sum(group, time), RollupTable.MICROS_PER_MILLI));
  }

  private static IntWriter micros(ColumnDescriptor column, RollupGroups groups, int time) {
    return new IntWriter(
        column,
        group ->
            groups.hasTime(group, time)
                && groups.sum(group, time) % RollupTable.MICROS_PER_MILLI != 0,
        group -> Math.floorMod(groups.sum(group, time), RollupTable.MICROS_PER_MILLI));
  }

  @Override
  protected Object get(Cursor cursor, int column) {
    return cursor;
  }

  private interface Presence {
    boolean of(int group);
  }

  private interface Value {
    long of(int group);
  }

  private static final class IntWriter extends PrimitiveWriter<Cursor> {
    private final Presence present;
    private final Value value;

    IntWriter(ColumnDescriptor descriptor, Presence present, Value value) {
      super(descriptor);
      this.present = present;
      this.value = value;
    }

    @Override
    public void write(int repetitionLevel, Cursor cursor) {
      if (present.of(cursor.group)) {
        column.writeInteger(repetitionLevel, (int) value.of(cursor.group));
      } else {
        column.writeNull(repetitionLevel, ABSENT);
      }
    }
  }

  /** See {@link FlowType#LONG} and {@link FlowType#TIMESTAMP}. */
  private static final class LongWriter extends PrimitiveWriter<Cursor> {
    private final Presence present;
    private final Value value;

    LongWriter(ColumnDescriptor descriptor, Presence present, Value value) {
      super(descriptor);
      this.present = present;
      this.value = value;
    }

    @Override
    public void write(int repetitionLevel, Cursor cursor) {
      if (present.of(cursor.group)) {
        column.writeLong(repetitionLevel, value.of(cursor.group));
      } else {
        column.writeNull(repetitionLevel, ABSENT);
      }
    }
  }

  private static final class AddressWriter extends PrimitiveWriter<Cursor> {
    private final Presence present;
    private final RollupGroups groups;
    private final int word;

    AddressWriter(ColumnDescriptor descriptor, Presence present, RollupGroups groups, int word) {
      super(descriptor);
      this.present = present;
      this.groups = groups;
      this.word = word;
    }

    @Override
    public void write(int repetitionLevel, Cursor cursor) {
      if (!present.of(cursor.group)) {
        column.writeNull(repetitionLevel, ABSENT);
        return;
      }
      byte[] address =
          ByteBuffer.allocate(FlowColumn.ADDRESS_BYTES)
              .putLong(groups.keyWord(cursor.group, word))
              .putLong(groups.keyWord(cursor.group, word + 1))
              .array();
      column.writeBinary(repetitionLevel, Binary.fromConstantByteArray(address));
    }
  }
}
