package org.flowlake.converters.lake;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.parquet.write.ColumnFile;

/** Copies a data file without the flows of some sources; order stays, memory is bounded. */
final class DataFileCopy {
  private static final int CHUNK_FLOWS = 50_000;

  private DataFileCopy() {}

  /** The copy, which nothing refers to yet; empty where no flow is left. */
  static Optional<DataFile> without(Table table, DataFile original, Set<Integer> sourceIds)
      throws IOException {
    FlowBatch chunk = new FlowBatch(LakeLayout.fields(table), CHUNK_FLOWS);
    try (StoredFlows flows = StoredFlows.open(table, original)) {
      if (!flows.read(chunk, CHUNK_FLOWS, sourceIds)) {
        return Optional.empty();
      }
      EncryptedOutputFile file = newFile(table, original);
      ColumnFile writer = FlowDataFile.open(table, file, original.partition(), chunk);
      try (writer) {
        do {
          writer.write(0, chunk.size());
          chunk.clear();
        } while (flows.read(chunk, CHUNK_FLOWS, sourceIds));
      } catch (IOException | RuntimeException e) {
        table.io().deleteFile(file.encryptingOutputFile().location());
        throw e;
      }
      return Optional.of(writer.toDataFile());
    }
  }

  private static EncryptedOutputFile newFile(Table table, DataFile original) {
    return TaskFiles.of(table).newOutputFile(table.spec(), original.partition());
  }
}
