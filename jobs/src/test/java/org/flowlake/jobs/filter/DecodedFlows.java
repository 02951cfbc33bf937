package org.flowlake.jobs.filter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowFile;
import org.flowlake.converters.nfcapd.NfcapdFile;

/** The flows of one nfcapd file as the interpreter reads them; a cursor. */
final class DecodedFlows implements FlowValues {
  private final FlowBatch batch = new FlowBatch(List.of(FlowField.values()), 64);
  private int row;

  static DecodedFlows of(Path file) throws IOException {
    DecodedFlows flows = new DecodedFlows();
    try (NfcapdFile opened = NfcapdFile.open(LocalFlowFile.open(file), DamagePolicy.FAIL);
        FlowReader reader = opened.flows(1)) {
      while (reader.readBlock(flows.batch)) {
        // the batch collects all blocks
      }
    }
    return flows;
  }

  int size() {
    return batch.size();
  }

  DecodedFlows at(int flow) {
    row = flow;
    return this;
  }

  @Override
  public boolean isNull(FlowField field) {
    return batch.column(field).isNull(row);
  }

  @Override
  public long number(FlowField field) {
    FlowColumn column = batch.column(field);
    return field.type() == FlowType.INT ? column.intAt(row) : column.longAt(row);
  }

  @Override
  public long runningNumber() {
    return row + 1L;
  }

  @Override
  public byte[] bytes(FlowField field) {
    return batch.column(field).bytesAt(row);
  }
}
