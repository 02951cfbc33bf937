package org.flowlake.udfs.payload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Hellos as bytes: those of RFC 8448 and ones put together of lists. */
final class TlsHelloBytes {
  /** RFC 8448, 3: the client's first record. */
  static final byte[] RFC_8448_CLIENT =
      hex(
          """
          16 03 01 00 c4 01 00 00 c0 03 03 cb 34 ec b1 e7 81 63 ba 1c 38 c6 da cb 19 6a 6d ff a2 1a
          8d 99 12 ec 18 a2 ef 62 83 02 4d ec e7 00 00 06 13 01 13 03 13 02 01 00 00 91 00 00 00 0b
          00 09 00 00 06 73 65 72 76 65 72 ff 01 00 01 00 00 0a 00 14 00 12 00 1d 00 17 00 18 00 19
          01 00 01 01 01 02 01 03 01 04 00 23 00 00 00 33 00 26 00 24 00 1d 00 20 99 38 1d e5 60 e4
          bd 43 d2 3d 8e 43 5a 7d ba fe b3 c0 6e 51 c1 3c ae 4d 54 13 69 1e 52 9a af 2c 00 2b 00 03
          02 03 04 00 0d 00 20 00 1e 04 03 05 03 06 03 02 03 08 04 08 05 08 06 04 01 05 01 06 01 02
          01 04 02 05 02 06 02 02 02 00 2d 00 02 01 01 00 1c 00 02 40 01
          """);

  /** RFC 8448, 3: the server's first record. */
  static final byte[] RFC_8448_SERVER =
      hex(
          """
          16 03 03 00 5a 02 00 00 56 03 03 a6 af 06 a4 12 18 60 dc 5e 6e 60 24 9c d3 4c 95 93 0c 8a
          c5 cb 14 34 da c1 55 77 2e d3 e2 69 28 00 13 01 00 00 2e 00 33 00 24 00 1d 00 20 c9 82 88
          76 11 20 95 fe 66 76 2b db f7 c6 72 e1 56 d6 cc 25 3b 83 3d f1 dd 69 b1 b0 4e 75 1f 0f 00
          2b 00 02 03 04
          """);

  private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
  private final int type;
  private final int version;
  private final int[] cipherSuites;
  private boolean hasExtensions;

  private TlsHelloBytes(int type, int version, int... cipherSuites) {
    this.type = type;
    this.version = version;
    this.cipherSuites = cipherSuites;
  }

  static TlsHelloBytes client(int version, int... cipherSuites) {
    return new TlsHelloBytes(1, version, cipherSuites);
  }

  static TlsHelloBytes server(int version, int cipherSuite) {
    return new TlsHelloBytes(2, version, cipherSuite);
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  TlsHelloBytes extension(int extension, byte... data) {
    hasExtensions = true;
    u16(extensions, extension);
    u16(extensions, data.length);
    extensions.writeBytes(data);
    return this;
  }

  /** An extension whose data is a list of 16-bit numbers behind a 16-bit length. */
  TlsHelloBytes numbers(int extension, int... numbers) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    u16(data, 2 * numbers.length);
    for (int number : numbers) {
      u16(data, number);
    }
    return extension(extension, data.toByteArray());
  }

  TlsHelloBytes serverName(String name) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    u16(data, ascii.length + 3);
    data.write(0);
    u16(data, ascii.length);
    data.writeBytes(ascii);
    return extension(0, data.toByteArray());
  }

  TlsHelloBytes applicationProtocol(String name) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    u16(data, ascii.length + 1);
    data.write(ascii.length);
    data.writeBytes(ascii);
    return extension(16, data.toByteArray());
  }

  byte[] record() {
    ByteArrayOutputStream hello = new ByteArrayOutputStream();
    u16(hello, version);
    hello.writeBytes(new byte[32]);
    hello.write(0);
    if (type == 1) {
      u16(hello, 2 * cipherSuites.length);
    }
    for (int suite : cipherSuites) {
      u16(hello, suite);
    }
    hello.writeBytes(type == 1 ? new byte[] {1, 0} : new byte[] {0});
    if (hasExtensions) {
      u16(hello, extensions.size());
      hello.writeBytes(extensions.toByteArray());
    }
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.write(22);
    u16(record, 0x0301);
    u16(record, hello.size() + 4);
    record.write(type);
    record.write(0);
    u16(record, hello.size());
    record.writeBytes(hello.toByteArray());
    return record.toByteArray();
  }

  private static void u16(ByteArrayOutputStream out, int number) {
    out.write(number >> 8);
    out.write(number);
  }
}
