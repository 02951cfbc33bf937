package org.flowlake.converters.nfcapd;

import java.io.IOException;
import java.util.List;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.io.LittleEndian;

/**
 * Makes blocks of layout 2 flow records from columns: some rows at a time, first every row's
 * extensions are laid out one after the other, then each column is written in one loop. It can run
 * on any machine; a {@link NfcapdWriter} puts the blocks into a file.
 *
 * <p>Times lose what is below a millisecond, as layout 2 holds milliseconds. Not for several
 * threads.
 */
public final class FlowBlockEncoder {
  private static final int LONGEST_RECORD = 0xFFFF;

  private final BlockEncoding encoding;
  private final RecordBlock block;

  private List<ColumnEncoder> header;
  private List<ExtensionEncoder> extensions;
  private NfcapdExtension[] forms;
  private int[] payloadBytes;
  private RecordPositions rows;

  /** Takes the blocks that are full. */
  @FunctionalInterface
  public interface BlockSink {
    /** Takes one block, in order. */
    void block(NfcapdBlock block) throws IOException;
  }

  public FlowBlockEncoder(BlockEncoding encoding) {
    this(encoding, new RecordBlock());
  }

  /**
   * @param block holds the records that do not fill a block yet
   */
  FlowBlockEncoder(BlockEncoding encoding, RecordBlock block) {
    this.encoding = encoding;
    this.block = block;
  }

  /**
   * Encodes the flows of a batch; nothing of the batch is kept.
   *
   * @param full takes every block that has come to its size
   * @throws IOException if a flow is too large for a record, and what the sink throws
   */
  public void write(FlowBatch batch, BlockSink full) throws IOException {
    plan(batch);
    int row = 0;
    while (row < batch.size()) {
      boolean fits = layOut(batch, row);
      header.forEach(field -> field.write(rows, RecordPositions.RECORD, block));
      for (int i = 0; i < extensions.size(); i++) {
        extensions.get(i).write(rows, 1 + i, block);
      }
      count(batch);
      row += rows.size();
      if (!fits) {
        full.block(block.takePacked(encoding));
      }
    }
  }

  /** The records that did not fill a block yet; their form is {@link NfcapdBlock.Form#PLAIN}. */
  public NfcapdBlock rest() {
    return block.takePlain();
  }

  private void plan(FlowBatch batch) {
    header =
        batch.fields().stream()
            .filter(field -> FieldLayout.of(field).extension() == null)
            .map(field -> new ColumnEncoder(FieldLayout.of(field), batch.column(field)))
            .toList();
    extensions = ExtensionEncoder.of(batch).stream().filter(ExtensionEncoder::isUsed).toList();
    forms = new NfcapdExtension[extensions.size()];
    payloadBytes = new int[extensions.size()];
    rows = new RecordPositions(extensions.size());
  }

  /**
   * Makes records of zeros, with their elements' headers, for rows from this one on.
   *
   * @return false if the block has no room for the next row
   */
  private boolean layOut(FlowBatch batch, int from) throws IOException {
    rows.restart(from);
    for (int row = from; row < batch.size() && rows.size() < RecordPositions.CAPACITY; row++) {
      int elements = 0;
      int size = FlowRows.RECORD_HEADER_BYTES;
      for (int i = 0; i < forms.length; i++) {
        ExtensionEncoder extension = extensions.get(i);
        if (extension.has(row)) {
          forms[i] = extension.form(row);
          payloadBytes[i] = extension.payloadBytes(row, forms[i]);
          size += NfcapdExtension.HEADER_BYTES + payloadBytes[i];
          elements++;
        } else {
          forms[i] = null;
        }
      }
      if (size > LONGEST_RECORD) {
        throw new IOException(
            "A flow needs a record of "
                + size
                + " bytes, an nfcapd file holds 65535: its payload or frame is too long");
      }
      if (!block.hasRoom(size)) {
        return false;
      }
      place(block.add(size), size, elements);
    }
    return true;
  }

  private void place(int start, int size, int elements) {
    byte[] out = block.bytes();
    LittleEndian.putU16(out, start, RecordWalk.FLOW);
    LittleEndian.putU16(out, start + 2, size);
    LittleEndian.putU16(out, start + 4, elements);
    rows.addRow(start);
    int at = start + FlowRows.RECORD_HEADER_BYTES;
    for (int i = 0; i < forms.length; i++) {
      if (forms[i] == null) {
        continue;
      }
      LittleEndian.putU16(out, at, forms[i].number());
      LittleEndian.putU16(out, at + 2, NfcapdExtension.HEADER_BYTES + payloadBytes[i]);
      at += NfcapdExtension.HEADER_BYTES;
      if (extensions.get(i).is(forms[i])) {
        rows.setFirstForm(1 + i, at);
      } else {
        rows.setSecondForm(1 + i, at);
      }
      at += payloadBytes[i];
    }
  }

  private void count(FlowBatch batch) {
    int generic = 0;
    while (generic < extensions.size()
        && !extensions.get(generic).is(NfcapdExtension.GENERIC_FLOW)) {
      generic++;
    }
    if (generic == extensions.size()) {
      return;
    }
    FlowColumn protocol = batch.column(FlowField.PROTO);
    FlowColumn flows = batch.column(FlowField.FLOWS);
    FlowColumn inPackets = batch.column(FlowField.IN_PACKETS);
    FlowColumn outPackets = batch.column(FlowField.OUT_PACKETS);
    FlowColumn inBytes = batch.column(FlowField.IN_BYTES);
    FlowColumn outBytes = batch.column(FlowField.OUT_BYTES);
    FlowColumn first = batch.column(FlowField.FIRST_SEEN);
    FlowColumn last = batch.column(FlowField.LAST_SEEN);
    WrittenTotals totals = block.totals();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.payload(i, 1 + generic) == RecordPositions.ABSENT) {
        // As nfdump: a record without packets, bytes and times is in no total.
        continue;
      }
      int row = rows.firstRow() + i;
      totals.add(
          protocol == null || protocol.isNull(row) ? 0 : protocol.intAt(row),
          number(flows, row),
          number(inPackets, row) + number(outPackets, row),
          number(inBytes, row) + number(outBytes, row));
      totals.seen(
          ColumnEncoder.millis(number(first, row)), ColumnEncoder.millis(number(last, row)));
    }
  }

  private static long number(FlowColumn column, int row) {
    return column == null || column.isNull(row) ? 0 : column.longAt(row);
  }
}
