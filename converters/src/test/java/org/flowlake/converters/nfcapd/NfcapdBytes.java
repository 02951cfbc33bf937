package org.flowlake.converters.nfcapd;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.flowlake.converters.io.FlowFileInput;

/** Small nfcapd files for tests, put together byte by byte from the numbers of the format. */
final class NfcapdBytes {
  private NfcapdBytes() {}

  /** Little-endian bytes: 1 per Byte, 2 per Short, 4 per Integer, 8 per Long. */
  static byte[] le(Object... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (Object number : numbers) {
      if (number instanceof Byte b) {
        buffer.put(b);
      } else if (number instanceof Short s) {
        buffer.putShort(s);
      } else if (number instanceof Integer i) {
        buffer.putInt(i);
      } else if (number instanceof Long l) {
        buffer.putLong(l);
      } else {
        throw new IllegalArgumentException("not a number: " + number);
      }
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A layout 2 file, not compressed, with ident "lab" and the statistics' first counter. */
  static byte[] layoutTwo(int compression, long statedFlows, byte[]... blocks) {
    byte[] data = join(blocks);
    byte[] ident = join(le((short) 0x8001, (short) 8), new byte[] {'l', 'a', 'b', 0});
    byte[] statistics = join(le((short) 0x8002, (short) 148, statedFlows), new byte[136]);
    return join(
        header2(compression, blocks.length, 1, 40 + data.length),
        data,
        block(3, 2, join(ident, statistics)));
  }

  static byte[] header2(int compression, int blocks, int appendixBlocks, long appendixOffset) {
    return join(
        le((short) 0xA50C, (short) 2, 0x01070801, 1_700_000_000L),
        le((byte) compression, (byte) 0, (short) appendixBlocks, 1, appendixOffset, 0, blocks));
  }

  static byte[] layoutOne(int flags, byte[]... blocks) {
    byte[] ident = new byte[128];
    System.arraycopy("lab".getBytes(StandardCharsets.US_ASCII), 0, ident, 0, 3);
    byte[] counters = new byte[120];
    counters[0] = 1;
    return join(
        le((short) 0xA50C, (short) 1, flags, blocks.length),
        ident,
        counters,
        le(1_700_000_000, 1_700_000_060, (short) 7, (short) 8, 3),
        join(blocks));
  }

  static byte[] block(int type, int records, byte[] payload) {
    return join(le(records, payload.length, (short) type, (short) 0), payload);
  }

  /** A flow record of layout 2: exporter 1, flags 0x83, NetFlow v9. */
  static byte[] flow(byte[]... elements) {
    byte[] body = join(elements);
    return join(
        le((short) 11, (short) (12 + body.length), (short) elements.length),
        le((byte) 2, (byte) 3, (short) 1, (byte) 0x83, (byte) 9),
        body);
  }

  static byte[] element(int number, byte[] payload) {
    return join(le((short) number, (short) (4 + payload.length)), payload);
  }

  /** TCP, 1000 ms to 2500 ms, not known when received, 10 packets, 4000 bytes, 443 to 50000. */
  static byte[] generic() {
    return generic(1000);
  }

  static byte[] generic(long firstMillis) {
    return element(
        1,
        join(
            le(firstMillis, 2500L, 0L, 10L, 4000L, (short) 443, (short) 50000),
            le((byte) 6, (byte) 0x1B, (byte) 64, (byte) 8)));
  }

  /** 10.0.0.1 to 192.168.1.2. */
  static byte[] ipv4() {
    return element(2, le(0x0A000001, 0xC0A80102));
  }

  /** 2001:db8::1 to 2001:db8::2. */
  static byte[] ipv6() {
    return element(3, le(0x20010DB8_00000000L, 1L, 0x20010DB8_00000000L, 2L));
  }

  /** Extension map 5 of layout 1 with these extensions. */
  static byte[] map(int bytes, int... extensions) {
    List<byte[]> numbers = new ArrayList<>();
    for (int extension : extensions) {
      numbers.add(le((short) extension));
    }
    int zeros = extensions.length % 2 == 0 ? 2 : 1;
    numbers.add(new byte[2 * zeros]);
    byte[] list = join(numbers.toArray(new byte[0][]));
    return join(le((short) 2, (short) (8 + list.length), (short) 5, (short) bytes), list);
  }

  /** Flow record of layout 1 with map 5: TCP, 10.0.0.1:443 to 192.168.1.2:50000. */
  static byte[] oldFlow(byte[] extensions) {
    return join(
        le((short) 10, (short) (48 + extensions.length), (byte) 0, (byte) 9, (short) 5),
        le((short) 7, (short) 8, 1_700_000_000, 1_700_000_060),
        le((byte) 64, (byte) 0x1B, (byte) 6, (byte) 8, (short) 443, (short) 50000),
        le((short) 1, (byte) 1, (byte) 3, 0x0A000001, 0xC0A80102, 10, 4000),
        extensions);
  }

  /** A file that lies in memory, under the name "test.nfcapd". */
  static FlowFileInput input(byte[] bytes) {
    return new InMemoryFile("test.nfcapd", bytes);
  }

  private static final class InMemoryFile implements FlowFileInput {
    private final String path;
    private final byte[] bytes;

    InMemoryFile(String path, byte[] bytes) {
      this.path = path;
      this.bytes = bytes;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int count) throws EOFException {
      if (position < 0 || position + count > bytes.length) {
        throw new EOFException(path + ": ends at " + bytes.length);
      }
      System.arraycopy(bytes, (int) position, target, offset, count);
    }

    @Override
    public void close() {}
  }
}
