package org.flowlake.converters.nfcapd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowlake.converters.nfcapd.NfcapdBytes.block;
import static org.flowlake.converters.nfcapd.NfcapdBytes.flow;
import static org.flowlake.converters.nfcapd.NfcapdBytes.generic;
import static org.flowlake.converters.nfcapd.NfcapdBytes.header2;
import static org.flowlake.converters.nfcapd.NfcapdBytes.input;
import static org.flowlake.converters.nfcapd.NfcapdBytes.ipv4;
import static org.flowlake.converters.nfcapd.NfcapdBytes.join;
import static org.flowlake.converters.nfcapd.NfcapdBytes.layoutOne;
import static org.flowlake.converters.nfcapd.NfcapdBytes.layoutTwo;
import static org.flowlake.converters.nfcapd.NfcapdBytes.le;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.io.CorruptFlowFileException;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.UnsupportedFlowFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NfcapdFileTest {
  private static final byte[] FLOW = flow(generic(), ipv4());

  @Test
  void layoutTwoHeaderIsReadFieldByField() throws IOException {
    try (NfcapdFile file = open(layoutTwo(0, 1, block(3, 1, FLOW)))) {
      assertThat(file.header())
          .isEqualTo(
              new NfcapdFileHeader(
                  2,
                  BlockCompression.NONE,
                  0x01070801,
                  1_700_000_000,
                  NfcapdCreator.NFCAPD,
                  false,
                  1,
                  1,
                  40 + 12 + FLOW.length,
                  ""));
      assertThat(file.ident()).isEqualTo("lab");
      assertThat(file.statistics().all().flows()).isEqualTo(1);
    }
  }

  @Test
  void layoutOneHeaderIsReadFieldByField() throws IOException {
    try (NfcapdFile file = open(layoutOne(0x10 | 0x2))) {
      assertThat(file.header())
          .isEqualTo(
              new NfcapdFileHeader(
                  1, BlockCompression.LZ4, 0, 0, NfcapdCreator.UNKNOWN, true, 0, 0, 0, "lab"));
      assertThat(file.ident()).isEqualTo("lab");
      assertThat(file.statistics().all().flows()).isEqualTo(1);
      assertThat(file.statistics().firstSeenMillis()).isEqualTo(1_700_000_000_007L);
      assertThat(file.statistics().lastSeenMillis()).isEqualTo(1_700_000_060_008L);
      assertThat(file.statistics().sequenceFailures()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1F8B0800|a gzip file, not an nfcapd file; unpack it first",
        "425A6839|a bzip2 file, not an nfcapd file; unpack it first",
        "FD377A585A00|an xz file, not an nfcapd file; unpack it first",
        "28B52FFD|a zstd file, not an nfcapd file; unpack it first",
        "50415231|a Parquet file, not an nfcapd file; read it as a lake or a Parquet folder",
        "DEADBEEF|a SiLK file, not an nfcapd file; export it with rwsilk2ipfix",
        "CF100301|a flow-tools file, not an nfcapd file; convert it with ft2nfdump",
        "D4C3B2A1|a packet capture (pcap), not an nfcapd file; make flows of it with nfpcapd, or"
            + " read its export packets as netflow or ipfix",
        "0A0D0D0A|a packet capture (pcapng), not an nfcapd file; make flows of it with nfpcapd, or"
            + " read its export packets as netflow or ipfix",
        "000A0034|a file of IPFIX messages, not an nfcapd file; read it as netflow or ipfix",
        "A50C0002|an nfcapd file of a big-endian machine; write it anew on a little-endian one, as"
            + " nfdump cannot read it either",
        "74732C74|not an nfcapd file (begins 74 73 2C 74, expected 0C A5); layouts 1 and 2 of nfdump"
            + " 1.6 and 1.7 can be read",
      })
  void otherFormatsAreRefusedByName(String magic, String reason) {
    byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(magic), 64);
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOf(UnsupportedFlowFormatException.class)
        .hasMessage("test.nfcapd: is " + reason);
  }

  @Test
  void laterLayoutsAndEncryptedFilesAreRefused() {
    byte[] bytes = layoutTwo(0, 1, block(3, 1, FLOW));
    bytes[2] = 3;
    assertThatThrownBy(() -> open(bytes))
        .hasMessage(
            "test.nfcapd: is an nfcapd file of layout 3 (nfdump 1.8) (offset 0x2); layouts 1 and 2"
                + " of nfdump 1.6 and 1.7 can be read; write it anew with nfdump 1.7 -r FILE -w NEW");
    bytes[2] = 2;
    bytes[17] = 1;
    assertThatThrownBy(() -> open(bytes))
        .hasMessage("test.nfcapd: is an encrypted nfcapd file (offset 0x11); decrypt it first");
    bytes[16] = 7;
    assertThatThrownBy(() -> open(bytes))
        .hasMessage(
            "test.nfcapd: is an nfcapd file of unknown compression 7 (offset 0x10); known are 0"
                + " none, 1 LZO, 2 BZ2, 3 LZ4 and 4 ZSTD");
  }

  @Test
  void cutHeadersAreNamedWithTheirPlace() {
    assertThatThrownBy(() -> open(new byte[0]))
        .isInstanceOf(CorruptFlowFileException.class)
        .hasMessage("test.nfcapd, offset 0x0: the file is empty, expected nfcapd data");
    assertThatThrownBy(() -> open(Arrays.copyOf(layoutTwo(0, 1), 39)))
        .hasMessage("test.nfcapd, offset 0x27: the file ends within its header of 40 bytes");
    assertThatThrownBy(() -> open(Arrays.copyOf(layoutOne(0), 275)))
        .hasMessage("test.nfcapd, offset 0x8C: the file ends within its header of 276 bytes");
  }

  @Test
  void unfinishedFileIsRefusedOrSalvaged() throws IOException {
    byte[] bytes = join(header2(0, 0, 0, 0), block(3, 1, FLOW), block(3, 1, FLOW), new byte[5]);
    assertThatThrownBy(() -> open(bytes))
        .hasMessage(
            "test.nfcapd, offset 0x24: the header announces no data blocks, but "
                + (2 * (12 + FLOW.length) + 5)
                + " bytes follow it: its writer crashed or still writes; skip damage to read them");
    FlowReader reader = readAll(bytes, 2);
    assertThat(reader.counts().skipped())
        .isEqualTo(
            Map.of(
                "file that its writer did not finish", 1L,
                "blocks cut off by the end of the file", 1L));
  }

  @Test
  void fileCutInItsSecondBlockKeepsTheFirst() throws IOException {
    byte[] whole = layoutTwo(0, 2, block(3, 1, FLOW), block(3, 1, FLOW));
    byte[] bytes = Arrays.copyOf(whole, 40 + 12 + FLOW.length + 20);
    assertThatThrownBy(() -> open(bytes))
        .hasMessage(
            "test.nfcapd, offset 0x18: the appendix is said to begin at "
                + (40 + 2 * (12 + FLOW.length))
                + ", the file has "
                + bytes.length
                + " bytes");
    FlowReader reader = readAll(bytes, 1);
    assertThat(reader.counts().skipped())
        .containsEntry("appendix cut off by the end of the file", 1L)
        .containsEntry("blocks cut off by the end of the file", 1L);
  }

  @Test
  void hostileBlockSizeIsNamedAndNotAllocated() throws IOException {
    byte[] bytes = layoutTwo(0, 1, join(le(1, 9_000_000, (short) 3, (short) 0), FLOW));
    try (NfcapdFile file = open(bytes)) {
      FlowReader reader = file.flows(1);
      assertThatThrownBy(() -> reader.readBlock(batch()))
          .isInstanceOf(CorruptFlowFileException.class)
          .hasMessage(
              "test.nfcapd, offset 0x28: block header with 1 records and size 9000000, expected at"
                  + " least 1 record and 1 to 5242880 bytes");
    }
    readAll(bytes, 0);
  }

  @Test
  void blockThatDoesNotExpandIsLeftOutAlone() throws IOException {
    byte[] good = block(3, 1, CompressedBytes.zstd(FLOW));
    byte[] bytes = layoutTwo(0, 2, good, block(3, 1, new byte[30]), good);
    bytes[16] = 4;
    bytes[18] = 0;
    bytes[24] = 0;
    FlowReader reader = readAll(bytes, 2);
    assertThat(reader.counts().skipped()).containsEntry("block that cannot be expanded", 1L);
  }

  @Test
  void everyCompressionExpandsToTheSameFlow() throws IOException {
    readAll(layoutTwoOf(1, CompressedBytes.lzo(FLOW)), 1);
    readAll(layoutTwoOf(2, CompressedBytes.bzip2(FLOW)), 1);
    readAll(layoutTwoOf(3, CompressedBytes.lz4(FLOW)), 1);
    readAll(layoutTwoOf(4, CompressedBytes.zstd(FLOW)), 1);
  }

  @Test
  void blocksOfOtherTypesAreCounted() throws IOException {
    byte[] bytes =
        layoutTwo(0, 1, block(1, 1, FLOW), block(4, 1, FLOW), block(9, 1, FLOW), block(3, 1, FLOW));
    FlowReader reader = readAll(bytes, 1);
    assertThat(reader.counts().skipped())
        .isEqualTo(
            Map.of("block of nfdump 1.5", 1L, "array block", 1L, "block of unknown type 9", 1L));
  }

  @Test
  void recordBeyondItsBlockEndsTheBlock() throws IOException {
    byte[] bytes = layoutTwo(0, 2, block(3, 2, join(FLOW, le((short) 11, (short) 500))));
    try (NfcapdFile file = open(bytes)) {
      FlowReader reader = file.flows(1);
      assertThatThrownBy(() -> reader.readBlock(batch()))
          .hasMessage(
              String.format(
                  "test.nfcapd, offset 0x%X: record of size 500, expected 4 to 4 bytes",
                  52 + FLOW.length));
    }
    assertThat(readAll(bytes, 1).counts().skipped())
        .isEqualTo(Map.of("rest of a block behind a damaged record", 1L));
  }

  private static byte[] layoutTwoOf(int compression, byte[] packed) {
    return join(header2(compression, 1, 0, 0), block(3, 1, packed));
  }

  private static NfcapdFile open(byte[] bytes) throws IOException {
    return NfcapdFile.open(input(bytes), DamagePolicy.FAIL);
  }

  private static FlowBatch batch() {
    return new FlowBatch(FlowView.ALL_FIELDS, 4);
  }

  private static FlowReader readAll(byte[] bytes, int flows) throws IOException {
    try (NfcapdFile file = NfcapdFile.open(input(bytes), DamagePolicy.SKIP)) {
      FlowBatch batch = batch();
      FlowReader reader = file.flows(1);
      while (reader.readBlock(batch)) {}
      assertThat(batch.size()).isEqualTo(flows);
      return reader;
    }
  }
}
