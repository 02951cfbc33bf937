package org.flowlake.converters.nfcapd;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.io.FlowFileOutput;
import org.flowlake.converters.io.LittleEndian;
import org.flowlake.udfs.ip.IpAddress;

/**
 * Writes one nfcapd file of layout 2 as {@code nfdump -w} of version 1.7.8 would: header, blocks of
 * at most 2 MiB before compression, an appendix with ident and statistics. The file appears when it
 * is finished; closed before, it leaves nothing.
 *
 * <p>Flows come as columns, or as blocks that a {@link FlowBlockEncoder} made elsewhere. Not for
 * several threads.
 */
public final class NfcapdWriter implements Closeable {
  /** The version of nfdump whose format this is. */
  private static final long FORMAT_VERSION = 0x01070800;

  private static final int EXPORTER_BYTES = 32;
  private static final int SAMPLER_BYTES = 24;

  /** Linux's number of the family; nfdump writes that of its own system. */
  private static final int AF_INET6 = 10;

  private final FlowFileOutput out;
  private final BlockEncoding encoding;
  private final Instant created;
  private final RecordBlock open = new RecordBlock();
  private final FlowBlockEncoder flows;
  private final WrittenTotals totals = new WrittenTotals();
  private long blocks;

  /**
   * Begins a file.
   *
   * @param out is closed with the writer
   * @param created what the header says of the time of its creation
   */
  public NfcapdWriter(FlowFileOutput out, BlockEncoding encoding, Instant created)
      throws IOException {
    this.out = out;
    this.encoding = encoding;
    this.created = created;
    this.flows = new FlowBlockEncoder(encoding, open);
    byte[] head = header(0).layoutTwoBytes();
    out.write(head, 0, head.length);
  }

  /** Adds the record of an exporter; flows name it by its sysid. */
  public void exporter(NfcapdExporter exporter) throws IOException {
    int at = add(EXPORTER_BYTES, RecordWalk.EXPORTER);
    byte[] record = open.bytes();
    LittleEndian.putI32(record, at + 4, (int) exporter.version());
    byte[] address = exporter.address().map(IpAddress::toBytes).orElse(new byte[IpAddress.BYTES]);
    boolean ipv4 = exporter.address().map(IpAddress::ipVersion).orElse(4) == 4;
    // The form of all versions before 1.7.8, which 1.7.8 reads too: halves as numbers, an IPv4
    // address alone in the second.
    for (int i = 0; i < Long.BYTES; i++) {
      record[at + 8 + i] = ipv4 ? 0 : address[7 - i];
      record[at + 16 + i] = ipv4 && i >= Integer.BYTES ? 0 : address[15 - i];
    }
    LittleEndian.putU16(record, at + 24, ipv4 ? CollectorRecords.AF_INET : AF_INET6);
    LittleEndian.putU16(record, at + 26, exporter.sysid());
    LittleEndian.putI32(record, at + 28, (int) exporter.id());
  }

  /** Adds the record of how an exporter samples. */
  public void sampler(NfcapdSampler sampler) throws IOException {
    int at = add(SAMPLER_BYTES, RecordWalk.SAMPLER);
    byte[] record = open.bytes();
    LittleEndian.putU16(record, at + 4, sampler.exporter());
    LittleEndian.putU16(record, at + 6, sampler.algorithm());
    LittleEndian.putI64(record, at + 8, sampler.id());
    LittleEndian.putI32(record, at + 16, (int) sampler.packetInterval());
    LittleEndian.putI32(record, at + 20, (int) sampler.spaceInterval());
  }

  /** Adds flows. */
  public void flows(FlowBatch batch) throws IOException {
    flows.write(batch, this::write);
  }

  /**
   * Adds flows that were encoded elsewhere. Blocks of a compressed form must have this file's
   * {@link BlockEncoding}.
   */
  public void flows(NfcapdBlock block) throws IOException {
    if (block.records() == 0) {
      return;
    }
    if (block.form() == NfcapdBlock.Form.PACKED) {
      flush();
      write(block);
      return;
    }
    if (!open.hasRoom(block.bytes().length)) {
      flush();
    }
    open.add(block);
  }

  /**
   * Writes what is left, and lets the file appear.
   *
   * @param ident name of the source; "" for none
   * @return the statistics that the file states
   */
  public FlowStatistics finish(String ident) throws IOException {
    flush();
    FlowStatistics statistics = totals.toStatistics();
    long appendix = out.length();
    byte[] records = new NfcapdAppendix(ident, statistics).toBytes();
    writeBlock(encoding.compress(records, records.length), NfcapdAppendix.RECORDS);
    out.replaceHead(header(appendix).layoutTwoBytes());
    out.commit();
    return statistics;
  }

  /** How many texts had to be cut, as layout 2 has no room for them. */
  public long cutTexts() {
    return totals.cutTexts();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private NfcapdFileHeader header(long appendix) {
    return new NfcapdFileHeader(
        2,
        encoding.compression(),
        FORMAT_VERSION,
        created.getEpochSecond(),
        NfcapdCreator.NFDUMP,
        false,
        blocks,
        appendix == 0 ? 0 : 1,
        appendix,
        "");
  }

  private int add(int bytes, int type) throws IOException {
    if (!open.hasRoom(bytes)) {
      flush();
    }
    int at = open.add(bytes);
    LittleEndian.putU16(open.bytes(), at, type);
    LittleEndian.putU16(open.bytes(), at + 2, bytes);
    return at;
  }

  private void flush() throws IOException {
    if (!open.isEmpty()) {
      write(open.takePacked(encoding));
    }
  }

  private void write(NfcapdBlock block) throws IOException {
    writeBlock(block.bytes(), block.records());
    totals.add(block.totals());
    blocks++;
  }

  private void writeBlock(byte[] payload, int records) throws IOException {
    byte[] head = new byte[BlockChain.HEADER_BYTES];
    LittleEndian.putI32(head, 0, records);
    LittleEndian.putI32(head, 4, payload.length);
    LittleEndian.putU16(head, 8, BlockChain.TYPE_LAYOUT_2);
    out.write(head, 0, head.length);
    out.write(payload, 0, payload.length);
  }
}
