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
import org.flowlake.converters.parquet.ColumnFile;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupWriter;
import org.flowlake.converters.source.FlowFormat;
import org.flowlake.converters.source.SourceFile;

/**
 * What one task of a conversion does: decode all of its raw files into columns, bring these into
 * {@link LakeOrder}, and write a file per day and what the rollups need.
 */
final class LakeWriteTask {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** How often the size of the growing file is looked at, in flows. */
  private static final int SIZE_CHECK = 100_000;

  private final Table table;
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
    this.rollups = new RollupWriter(rollupTable, TaskFiles.of(rollupTable), rollups);
    this.fields = fields;
    this.format = format;
    this.damage = damage;
    this.hadoop = hadoop;
    this.onlyDay = onlyDay == null ? null : Math.toIntExact(onlyDay.toEpochDay());
  }

  /**
   * Writes the flows of these files.
   *
   * @return the new data files, which nothing refers to yet; none is left if this fails
   */
  WrittenFiles write(List<SourceFile> sources) throws IOException {
    FlowBatch batch = decode(sources);
    try {
      batch.reorder(LakeOrder.sort(batch));
      writeDays(batch);
      return new WrittenFiles(written, rollups.finish());
    } catch (IOException | RuntimeException e) {
      written.forEach(file -> table.io().deleteFile(file.location()));
      rollups.abort();
      throw e;
    }
  }

  private FlowBatch decode(List<SourceFile> sources) throws IOException {
    long flows = sources.stream().mapToLong(SourceFile::flows).sum();
    FlowBatch batch = new FlowBatch(fields, Math.toIntExact(flows + 1));
    long counted = 0;
    for (SourceFile source : sources) {
      try (FlowFile file = format.open(source.file(), hadoop, damage);
          FlowReader reader = file.flows(source.sourceId())) {
        while (reader.readBlock(batch)) {
          // The batch keeps all blocks.
        }
      }
      counted += source.flows();
      if (batch.size() != counted) {
        throw new IOException(
            source.file().path()
                + ": changed while it was converted: "
                + source.flows()
                + " flows were counted, "
                + (batch.size() - counted + source.flows())
                + " read; nothing of its batch was converted. Run the conversion again");
      }
    }
    return batch;
  }

  private void writeDays(FlowBatch batch) throws IOException {
    OutputFileFactory files = TaskFiles.of(table);
    FlowColumn firstSeen = batch.column(FlowField.FIRST_SEEN);
    int from = 0;
    while (from < batch.size()) {
      Integer day = day(firstSeen, from);
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
        from = writeFile(batch, from, to, day, files);
      }
    }
  }

  /** Writes flows from..to of one day until the file has its size; the position reached. */
  private int writeFile(FlowBatch batch, int from, int to, Integer day, OutputFileFactory files)
      throws IOException {
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
