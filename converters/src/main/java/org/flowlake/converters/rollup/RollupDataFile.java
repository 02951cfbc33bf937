package org.flowlake.converters.rollup;

import java.io.IOException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.parquet.write.ColumnFile;
import org.flowlake.converters.parquet.write.ColumnValues;

/** Groups straight into Parquet columns. All columns are optional and at top level. */
final class RollupDataFile implements AutoCloseable {
  private final Rollup rollup;
  private final RollupGroups groups;
  private final ColumnFile file;
  private int[] order;

  /** A new file for groups of this table; they have to come in the order of their keys. */
  RollupDataFile(
      Table table,
      OutputFileFactory files,
      Rollup rollup,
      RollupPeriod period,
      Integer date,
      RollupGroups groups)
      throws IOException {
    this.rollup = rollup;
    this.groups = groups;
    PartitionData partition = new PartitionData(table.spec().partitionType());
    partition.set(0, RollupTable.name(rollup, period));
    partition.set(1, date);
    Schema schema = RollupTable.schemaOf(table.schema(), rollup);
    this.file =
        new ColumnFile(
            table, schema, files.newOutputFile(table.spec(), partition), partition, this::values);
  }

  /** Appends the groups of these numbers. */
  void write(int[] numbers) throws IOException {
    order = numbers;
    file.write(0, numbers.length);
  }

  /** What a commit needs to know of the file; once it is closed. */
  DataFile toDataFile() {
    return file.toDataFile();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private ColumnValues<?> values(ColumnDescriptor column) {
    String name = column.getPath()[0];
    return switch (name) {
      case RollupTable.RECORDS -> sum(RollupGroups.RECORDS);
      case RollupTable.FIRST_MILLIS -> millis(RollupGroups.FIRST);
      case RollupTable.FIRST_MICROS -> micros(RollupGroups.FIRST);
      case RollupTable.LAST_MILLIS -> millis(RollupGroups.LAST);
      case RollupTable.LAST_MICROS -> micros(RollupGroups.LAST);
      default -> ofField(FlowSchema.field(name).orElseThrow());
    };
  }

  private ColumnValues<?> ofField(FlowField field) {
    int tail = RollupKey.words(rollup) - 1;
    int leading = rollup.leadingKeys().indexOf(field);
    if (leading >= 0) {
      int word = RollupKey.word(rollup, leading);
      Presence present = group -> RollupKey.hasLeading(groups.keyWord(group, tail), leading);
      return switch (field.type()) {
        case ADDRESS -> addresses(present, word);
        default -> numbers(present, group -> groups.keyWord(group, word));
      };
    }
    return switch (field) {
      case PROTO ->
          numbers(
              group -> RollupKey.hasProto(groups.keyWord(group, tail)),
              group -> RollupKey.proto(groups.keyWord(group, tail)));
      case IP_VERSION ->
          numbers(
              group -> RollupKey.hasVersion(groups.keyWord(group, tail)),
              group -> RollupKey.version(groups.keyWord(group, tail)));
      case TCP_FLAGS ->
          numbers(
              group -> groups.sum(group, RollupGroups.FLAGS) != RollupGroups.NO_FLAGS,
              group -> groups.sum(group, RollupGroups.FLAGS));
      case FLOWS ->
          numbers(
              group ->
                  groups.sum(group, RollupGroups.FLOWS) != groups.sum(group, RollupGroups.RECORDS),
              group -> groups.sum(group, RollupGroups.FLOWS));
      case IN_PACKETS -> sum(RollupGroups.IN_PACKETS);
      case IN_BYTES -> sum(RollupGroups.IN_BYTES);
      case OUT_PACKETS -> sum(RollupGroups.OUT_PACKETS);
      case OUT_BYTES -> sum(RollupGroups.OUT_BYTES);
      default -> throw new IllegalStateException(field.column() + " is no column of rollups");
    };
  }

  private ColumnValues<?> sum(int which) {
    return numbers(group -> true, group -> groups.sum(group, which));
  }

  private ColumnValues<?> millis(int time) {
    return numbers(
        group -> groups.hasTime(group, time),
        group -> Math.floorDiv(groups.sum(group, time), RollupTable.MICROS_PER_MILLI));
  }

  private ColumnValues<?> micros(int time) {
    return numbers(
        group ->
            groups.hasTime(group, time)
                && groups.sum(group, time) % RollupTable.MICROS_PER_MILLI != 0,
        group -> Math.floorMod(groups.sum(group, time), RollupTable.MICROS_PER_MILLI));
  }

  private interface Presence {
    boolean of(int group);
  }

  private interface Value {
    long of(int group);
  }

  private ColumnValues<?> numbers(Presence present, Value value) {
    return ColumnValues.ofNumbers(
        (target, from, to) -> {
          for (int row = from; row < to; row++) {
            if (present.of(order[row])) {
              target.add(value.of(order[row]));
            } else {
              target.addAbsent();
            }
          }
        });
  }

  private ColumnValues<?> addresses(Presence present, int word) {
    return ColumnValues.ofAddresses(
        (target, from, to) -> {
          for (int row = from; row < to; row++) {
            int group = order[row];
            if (present.of(group)) {
              target.add(groups.keyWord(group, word), groups.keyWord(group, word + 1));
            } else {
              target.addAbsent();
            }
          }
        });
  }
}
