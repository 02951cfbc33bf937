package org.flowlake.converters.io;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** File formats that are met in place of a flow file, told by their first bytes. */
public enum FileSignature {
  GZIP("1F8B", "a gzip file", "unpack it first"),
  BZIP2("425A68", "a bzip2 file", "unpack it first"),
  XZ("FD377A585A00", "an xz file", "unpack it first"),
  ZSTD("28B52FFD", "a zstd file", "unpack it first"),
  LZ4("04224D18", "an lz4 file", "unpack it first"),
  ZIP("504B0304", "a zip file", "unpack it first"),
  PCAP_BIG_ENDIAN("A1B2C3D4", "a packet capture (pcap)", Advice.PACKETS),
  PCAP("D4C3B2A1", "a packet capture (pcap)", Advice.PACKETS),
  PCAP_NANOS_BIG_ENDIAN("A1B23C4D", "a packet capture (pcap)", Advice.PACKETS),
  PCAP_NANOS("4D3CB2A1", "a packet capture (pcap)", Advice.PACKETS),
  PCAPNG("0A0D0D0A", "a packet capture (pcapng)", Advice.PACKETS),
  FLOW_TOOLS("CF10", "a flow-tools file", "convert it with ft2nfdump"),
  SILK("DEADBEEF", "a SiLK file", "export it with rwsilk2ipfix"),
  PARQUET("50415231", "a Parquet file", "read it as a lake or a Parquet folder"),
  ORC("4F5243", "an ORC file", "read it with Spark's orc source"),
  AVRO("4F626A01", "an Avro file", "read it with Spark's avro source"),
  NETFLOW_V5("0005", "a dump of NetFlow v5 packets", Advice.EXPORTS),
  NETFLOW_V9("0009", "a dump of NetFlow v9 packets", Advice.EXPORTS),
  IPFIX("000A", "a file of IPFIX messages", Advice.EXPORTS);

  /** Of the longest signature. */
  private static final int HEAD_BYTES = 8;

  private final String magicHex;
  private final String format;
  private final String advice;

  FileSignature(String magicHex, String format, String advice) {
    this.magicHex = magicHex;
    this.format = format;
    this.advice = advice;
  }

  /**
   * The format that begins like this.
   *
   * @param head the first bytes of a file
   * @param count how many of them are there
   */
  public static Optional<FileSignature> of(byte[] head, int count) {
    String hex = HexFormat.of().withUpperCase().formatHex(head, 0, Math.min(count, HEAD_BYTES));
    return Arrays.stream(values()).filter(known -> hex.startsWith(known.magicHex)).findFirst();
  }

  /** What the file is, with its article: "a gzip file". */
  public String format() {
    return format;
  }

  /** What its owner can do. */
  public String advice() {
    return advice;
  }

  private static final class Advice {
    static final String PACKETS =
        "make flows of it with nfpcapd, or read its export packets as netflow or ipfix";
    static final String EXPORTS = "read it as netflow or ipfix";
  }
}
