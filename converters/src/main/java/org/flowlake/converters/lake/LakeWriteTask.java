package org.flowlake.converters.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.OutputFileFactory;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFile;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.flow.LakeOrder;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.parquet.write.ColumnFile;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupWriter;
import org.flowlake.converters.source.FlowFormat;
import org.flowlake.converters.source.SourceFile;

/**
 * What one task of a conversion does: decode its raw files into columns, bring these into {@link
 * LakeOrder}, and write a file per day and what the rollups need.
 */
final class LakeWriteTask {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** How often the size of the growing file is looked at, in flows. */
  private static final int SIZE_CHECK = 100_000;

  private final Table table;
  private final OutputFileFactory files;
  private final RollupWriter rollups;
  private final List<FlowField> fields;
  private final FlowFormat format;
  private final DamagePolicy damage;
  private final Configuration hadoop;
  private final Integer onlyDay;
  private final List<DataFile> written = new ArrayList<>();

  /**
   * A task that writes the flows of all days, or of one.
   *
   * @param onlyDay null for all
   */
  LakeWriteTask(
      Table table,
      Table rollupTable,
      Set<Rollup> rollups,
      List<FlowField> fields,
      FlowFormat format,
      DamagePolicy damage,
      Configuration hadoop,
      LocalDate onlyDay) {
    this.table = table;
    this.files = TaskFiles.of(table);
    this.rollups = new RollupWriter(rollupTable, TaskFiles.of(rollupTable), rollups);
    this.fields = fields;
    this.format = format;
    this.damage = damage;
    this.hadoop = hadoop;
    this.onlyDay = onlyDay == null ? null : Math.toIntExact(onlyDay.toEpochDay());
  }

  /**
   * Writes the flows of these files, a day as soon as no file to come has flows of it: where files
   * are in the order of their times, little more than a day is in memory, however many come.
   *
   * @return the new data files, which nothing refers to yet; none is left if this fails
   */
  WrittenFiles write(List<SourceFile> sources) throws IOException {
    DaysToCome days = new DaysToCome(sources);
    FlowBatch batch = new FlowBatch(fields, days.mostFlows());
    long writtenBefore = days.firstAfter(0);
    int left = 0;
    try {
      for (int i = 0; i < sources.size(); i++) {
        decode(sources.get(i), batch);
        long toCome = days.firstAfter(i + 1);
        // All are sorted each time: not before most of them are new.
        boolean isWorthwhile = batch.size() >= 2 * left;
        if (i == sources.size() - 1 || toCome > writtenBefore && isWorthwhile) {
          writeDaysBefore(toCome, batch);
          writtenBefore = toCome;
          left = batch.size();
        }
      }
      return new WrittenFiles(written, rollups.finish());
    } catch (IOException | RuntimeException e) {
      written.forEach(file -> table.io().deleteFile(file.location()));
      rollups.abort();
      throw e;
    }
  }

  private void decode(SourceFile source, FlowBatch batch) throws IOException {
    int before = batch.size();
    try (FlowFile file = format.open(source.file(), hadoop, damage);
        FlowReader reader = file.flows(source.sourceId())) {
      while (reader.readBlock(batch)) {
        // The batch keeps all blocks.
      }
    }
    int read = batch.size() - before;
    if (read != source.flows()) {
      throw new IOException(
          source.file().path()
              + ": changed while it was converted: "
              + source.flows()
              + " flows were counted, "
              + read
              + " read; nothing of its batch was converted. Run the conversion again");
    }
  }

  /**
   * Writes the flows of days before one, and those without a time, and takes them out of the batch.
   */
  private void writeDaysBefore(long end, FlowBatch batch) throws IOException {
    batch.reorder(LakeOrder.sort(batch));
    FlowColumn firstSeen = batch.column(FlowField.FIRST_SEEN);
    int from = 0;
    while (from < batch.size()) {
      Integer day = day(firstSeen, from);
      if (day != null && day >= end) {
        break;
      }
      int to = from + 1;
      while (to < batch.size() && Objects.equals(day, day(firstSeen, to))) {
        to++;
      }
      if (onlyDay != null && !onlyDay.equals(day)) {
        from = to;
      } else {
        rollups.add(batch, from, to, day);
      }
      while (from < to) {
        from = writeFile(batch, from, to, day);
      }
    }
    batch.removeFirst(from);
  }

  /** Writes flows from..to of one day until the file has its size; the position reached. */
  private int writeFile(FlowBatch batch, int from, int to, Integer day) throws IOException {
    PartitionData partition = new PartitionData(table.spec().partitionType());
    partition.set(0, day);
    EncryptedOutputFile file = files.newOutputFile(table.spec(), partition);
    String location = file.encryptingOutputFile().location();
    int position = from;
    try {
      ColumnFile writer = FlowDataFile.open(table, file, partition, batch);
      try (writer) {
        do {
          int next = Math.min(to, position + SIZE_CHECK);
          writer.write(position, next);
          position = next;
        } while (position < to && writer.length() < LakeLayout.TARGET_FILE_BYTES);
      }
      written.add(writer.toDataFile());
    } catch (IOException | UncheckedIOException | FSError e) {
      table.io().deleteFile(location);
      throw new IOException(location + ": " + LakeStorageException.rootReason(e), e);
    }
    return position;
  }

  /** Days since 1970-01-01 UTC; null for a flow without time. */
  private static Integer day(FlowColumn firstSeen, int row) {
    return firstSeen.isNull(row)
        ? null
        : Math.toIntExact(Math.floorDiv(firstSeen.longAt(row), MICROS_PER_DAY));
  }
}
