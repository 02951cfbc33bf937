package org.flowlake.converters.nfcapd;

import java.io.IOException;
import java.util.List;
import org.flowlake.converters.flow.FlowFile;
import org.flowlake.converters.flow.FlowFilter;
import org.flowlake.converters.flow.FlowReadCounts;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.io.CorruptFlowFileException;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.FlowFileInput;

/**
 * One file of nfdump's collectors, layout 1 (nfdump 1.6) or 2 (nfdump 1.7).
 *
 * <p>A file that its writer did not finish announces no blocks although there are some. nfdump
 * reads nothing from it and says nothing; here {@link DamagePolicy#FAIL} refuses it, and {@link
 * DamagePolicy#SKIP} reads its blocks to the end. The same holds for a file that was cut off.
 *
 * <p>Not safe for use by two threads.
 */
public final class NfcapdFile implements FlowFile {
  private final FlowFileInput in;
  private final DamagePolicy policy;
  private final NfcapdFileHeader header;
  private final FlowReadCounts openingCounts = new FlowReadCounts();
  private final long blocksEnd;
  private final boolean unfinished;
  private final String ident;
  private final FlowStatistics statistics;

  private NfcapdFile(FlowFileInput in, DamagePolicy policy) throws IOException {
    this.in = in;
    this.policy = policy;
    this.header = NfcapdFileHeader.read(in);
    boolean appendix = hasAppendix();
    this.blocksEnd = appendix ? header.appendixOffset() : in.length();
    this.unfinished = header.blocks() == 0 && blocksEnd > header.firstBlock();
    if (unfinished) {
      damage(
          header.layout() == 1 ? 8 : 36,
          "file that its writer did not finish",
          "the header announces no data blocks, but "
              + (blocksEnd - header.firstBlock())
              + " bytes follow it: its writer crashed or still writes; skip damage to read them");
    }
    if (header.layout() == 1) {
      byte[] record = new byte[StatisticsRecord.LAYOUT_1_BYTES];
      in.readFully(NfcapdFileHeader.LAYOUT_1_BYTES, record, 0, record.length);
      this.ident = header.ident();
      this.statistics = StatisticsRecord.layoutOne(record, 0);
    } else {
      NfcapdAppendix read = appendix ? readAppendix() : NfcapdAppendix.NONE;
      this.ident = read.ident();
      this.statistics = read.statistics();
    }
  }

  /**
   * Reads and checks the header and the file's own statistics; no data block.
   *
   * @param in is closed with the file
   * @param policy what to do on damage behind the header; a damaged header is always an error
   * @throws org.flowlake.converters.io.UnsupportedFlowFormatException if it is another format, by
   *     name, or a form of this one that cannot be read
   * @throws CorruptFlowFileException if the header or, where the policy is to fail, the appendix is
   *     damaged
   */
  public static NfcapdFile open(FlowFileInput in, DamagePolicy policy) throws IOException {
    return new NfcapdFile(in, policy);
  }

  public NfcapdFileHeader header() {
    return header;
  }

  /** Name of the source; "none" where the collector was given none, "" where the file lacks it. */
  public String ident() {
    return ident;
  }

  /** What the writer counted; all zero where the file does not say. */
  @Override
  public FlowStatistics statistics() {
    return statistics;
  }

  @Override
  public FlowReader flows(int sourceId, FlowFilter filter) {
    FlowReadCounts counts = countsSoFar();
    return new NfcapdFlowReader(chain(counts), counts, sourceId, filter);
  }

  /** Goes once through all blocks: totals, what the flows carry, who sent them. */
  public NfcapdInspection inspect() throws IOException {
    FlowReadCounts counts = countsSoFar();
    try (BlockChain chain = chain(counts)) {
      return NfcapdInspection.of(chain, counts);
    }
  }

  /** The names that exporters told, each once; reads every block. */
  public List<CollectorName> names() throws IOException {
    FlowReadCounts counts = countsSoFar();
    return NfcapdInspection.names(chain(counts), counts);
  }

  /** Reads and expands every block, those of the appendix too. */
  public NfcapdBlockCount countBlocks() throws IOException {
    long blocks = 0;
    long records = 0;
    try (BlockChain data = chain(countsSoFar())) {
      while (data.next()) {
        blocks++;
        records += data.records();
      }
    }
    if (header.appendixBlocks() > 0 && hasAppendix()) {
      try (BlockChain appendix = appendixChain()) {
        while (appendix.next()) {
          blocks++;
          records += appendix.records();
        }
      }
    }
    int type = header.layout() == 1 ? BlockChain.TYPE_LAYOUT_1 : BlockChain.TYPE_LAYOUT_2;
    return new NfcapdBlockCount(type, blocks, records);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private FlowReadCounts countsSoFar() {
    FlowReadCounts counts = new FlowReadCounts();
    openingCounts.skipped().keySet().forEach(counts::skip);
    return counts;
  }

  private BlockChain chain(FlowReadCounts counts) {
    return new BlockChain(
        in,
        header.compression(),
        policy,
        counts,
        header.firstBlock(),
        blocksEnd,
        unfinished ? -1 : header.blocks());
  }

  private boolean hasAppendix() throws CorruptFlowFileException {
    if (header.appendixBlocks() == 0) {
      return false;
    }
    long offset = header.appendixOffset();
    if (offset >= NfcapdFileHeader.LAYOUT_2_BYTES && offset < in.length()) {
      return true;
    }
    damage(
        24,
        "appendix cut off by the end of the file",
        "the appendix is said to begin at " + offset + ", the file has " + in.length() + " bytes");
    return false;
  }

  private NfcapdAppendix readAppendix() throws IOException {
    try (BlockChain chain = appendixChain()) {
      return NfcapdAppendix.read(chain);
    }
  }

  private BlockChain appendixChain() {
    return new BlockChain(
        in,
        header.compression(),
        policy,
        openingCounts,
        header.appendixOffset(),
        in.length(),
        header.appendixBlocks());
  }

  private void damage(long offset, String kind, String reason) throws CorruptFlowFileException {
    if (policy == DamagePolicy.FAIL) {
      throw new CorruptFlowFileException(in.path(), offset, reason);
    }
    openingCounts.skip(kind);
  }
}
