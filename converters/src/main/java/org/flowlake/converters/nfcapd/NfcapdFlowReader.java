package org.flowlake.converters.nfcapd;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFilter;
import org.flowlake.converters.flow.FlowReadCounts;
import org.flowlake.converters.flow.FlowReader;

/**
 * Decodes the wanted flows of one file into batches; only the fields that a batch has, and those
 * that the filter does not look at only of flows that pass it.
 */
final class NfcapdFlowReader implements FlowReader {
  private final BlockChain chain;
  private final FlowReadCounts counts;
  private final int sourceId;
  private final FlowFilter filter;
  private final int[] selected = new int[FlowRows.CAPACITY];

  private FlowBatch planned;
  private FlowFilter.Selection selection;
  private FlowRows rows;
  private RecordWalk walk;
  private ColumnDecoder[] decoders;

  /** Columns of the batch that the filter looks at, and those that it does not. */
  private int[] testedColumns;

  private int[] otherColumns;

  private boolean inBlock;
  private long flowsOfBlock;

  NfcapdFlowReader(BlockChain chain, FlowReadCounts counts, int sourceId, FlowFilter filter) {
    this.chain = chain;
    this.counts = counts;
    this.sourceId = sourceId;
    this.filter = filter;
  }

  @Override
  public boolean readPart(FlowBatch batch) throws IOException {
    if (batch != planned) {
      plan(batch);
    }
    if (!inBlock) {
      if (!chain.next()) {
        return false;
      }
      walk.startBlock();
      counts.startBlock(walk.blockBytes());
      flowsOfBlock = 0;
      inBlock = true;
    }
    boolean filled;
    do {
      filled = walk.fill();
      if (filled) {
        flowsOfBlock += rows.size();
        decode(batch);
      }
    } while (filled && walk.hasMore() && !walk.knowsBytes());
    if (!filled || !walk.hasMore()) {
      counts.endBlock(walk.blockBytes(), flowsOfBlock, walk.hasOtherRecords());
      inBlock = false;
    }
    return true;
  }

  private void decode(FlowBatch batch) {
    if (filter != FlowFilter.ALL) {
      append(batch, testedColumns);
      int from = batch.size();
      int count = selection.select(from, from + rows.size(), selected);
      for (int column : testedColumns) {
        batch.column(column).retain(from, selected, count);
      }
      rows.retain(selected, from, count);
    }
    append(batch, otherColumns);
    batch.endFlows(rows.size());
  }

  private void append(FlowBatch batch, int[] columns) {
    counts.addValues((long) rows.size() * columns.length);
    for (int column : columns) {
      decoders[column].append(rows, batch.column(column));
    }
  }

  @Override
  public FlowReadCounts counts() {
    return counts;
  }

  /** The file stays open: it belongs to {@link NfcapdFile}. */
  @Override
  public void close() {
    chain.close();
  }

  private void plan(FlowBatch batch) {
    if (walk == null) {
      rows = new FlowRows();
      walk = new RecordWalk(chain, counts, rows, RecordListener.NONE);
    }
    List<FlowField> fields = batch.fields();
    decoders = new ColumnDecoder[fields.size()];
    for (int i = 0; i < decoders.length; i++) {
      decoders[i] = new ColumnDecoder(fields.get(i), rows, sourceId);
    }
    testedColumns = columns(fields, filter.fields()::contains);
    otherColumns = columns(fields, field -> !filter.fields().contains(field));
    selection = filter.over(batch);
    planned = batch;
  }

  private static int[] columns(List<FlowField> fields, Predicate<FlowField> which) {
    return IntStream.range(0, fields.size()).filter(i -> which.test(fields.get(i))).toArray();
  }
}
