package org.flowlake.converters.nfcapd;

import java.io.IOException;
import java.util.List;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowReadCounts;
import org.flowlake.converters.flow.FlowReader;

/** Decodes the flows of one file into batches; only the fields that a batch has. */
final class NfcapdFlowReader implements FlowReader {
  private final BlockChain chain;
  private final FlowReadCounts counts;
  private final int sourceId;

  private List<FlowField> fields;
  private FlowRows rows;
  private RecordWalk walk;
  private ColumnDecoder[] decoders;

  NfcapdFlowReader(BlockChain chain, FlowReadCounts counts, int sourceId) {
    this.chain = chain;
    this.counts = counts;
    this.sourceId = sourceId;
  }

  @Override
  public boolean readBlock(FlowBatch batch) throws IOException {
    if (!batch.fields().equals(fields)) {
      plan(batch.fields());
    }
    if (!chain.next()) {
      return false;
    }
    long flows = 0;
    walk.startBlock();
    while (walk.fill()) {
      for (int i = 0; i < decoders.length; i++) {
        decoders[i].append(rows, batch.column(i));
      }
      batch.endFlows(rows.size());
      flows += rows.size();
    }
    counts.endBlock(walk.blockBytes(), flows, walk.hasOtherRecords());
    return true;
  }

  @Override
  public FlowReadCounts counts() {
    return counts;
  }

  /** The file stays open: it belongs to {@link NfcapdFile}. */
  @Override
  public void close() {}

  private void plan(List<FlowField> wanted) {
    if (walk == null) {
      rows = new FlowRows();
      walk = new RecordWalk(chain, counts, rows, RecordListener.NONE);
    }
    decoders = new ColumnDecoder[wanted.size()];
    for (int i = 0; i < decoders.length; i++) {
      decoders[i] = new ColumnDecoder(wanted.get(i), rows, sourceId);
    }
    fields = wanted;
  }
}
