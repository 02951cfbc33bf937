package org.flowlake.converters.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupFiles;
import org.flowlake.converters.rollup.RollupTable;
import org.flowlake.converters.rollup.RollupWriter;

/** Sums the flows of stored data files, in chunks, so that memory is bounded. */
final class RollupTask {
  private static final int CHUNK_FLOWS = 50_000;

  private final Table flows;
  private final RollupWriter writer;

  RollupTask(Table flows, Table rollups, Set<Rollup> kept) {
    this.flows = flows;
    this.writer = new RollupWriter(rollups, TaskFiles.of(rollups), kept);
  }

  /**
   * Sums these files; files of one day follow one another.
   *
   * @return new data files, which nothing refers to yet; none is left if this fails
   */
  RollupFiles write(List<DataFile> files) throws IOException {
    List<FlowField> fields = fields();
    FlowBatch chunk = new FlowBatch(fields, CHUNK_FLOWS);
    try {
      for (DataFile file : files) {
        try (StoredFlows stored = StoredFlows.open(flows, file, fields)) {
          while (stored.read(chunk, CHUNK_FLOWS, Set.of())) {
            writer.add(chunk, 0, chunk.size(), file.partition().get(0, Integer.class));
            chunk.clear();
          }
        }
      }
      return writer.finish();
    } catch (IOException | RuntimeException e) {
      writer.abort();
      throw e;
    }
  }

  private List<FlowField> fields() {
    Set<FlowField> needed = EnumSet.copyOf(RollupTable.VALUES);
    needed.addAll(List.of(FlowField.SOURCE_ID, FlowField.FIRST_SEEN, FlowField.LAST_SEEN));
    for (Rollup rollup : Rollup.values()) {
      needed.addAll(rollup.keys());
    }
    List<FlowField> fields = new ArrayList<>(LakeLayout.fields(flows));
    fields.retainAll(needed);
    return fields;
  }
}
