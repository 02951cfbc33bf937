package org.flowlake.converters.nfcapd;

import org.flowlake.converters.io.LittleEndian;

/**
 * Decoder of a raw LZO1X stream, as minilzo's {@code lzo1x_1_compress} writes it: no header, no
 * length, one end marker.
 *
 * <p>Plain array access, so that no input can reach outside of the arrays: the decoder that comes
 * with Spark works on raw memory. The instructions are those of the kernel's
 * Documentation/staging/lzo.rst.
 */
final class Lzo1xDecoder {
  private static final int M2 = 64;
  private static final int M3 = 32;
  private static final int M4 = 16;

  private final byte[] in;
  private final int inEnd;
  private final byte[] out;
  private int ip;
  private int op;

  private Lzo1xDecoder(byte[] in, int offset, int count, byte[] out) {
    this.in = in;
    this.ip = offset;
    this.inEnd = offset + count;
    this.out = out;
  }

  /** Writes to the start of {@code out} and returns how many bytes. */
  static int decode(byte[] in, int offset, int count, byte[] out) throws DamagedBlockException {
    try {
      return new Lzo1xDecoder(in, offset, count, out).run();
    } catch (IndexOutOfBoundsException e) {
      throw new DamagedBlockException("LZO stream does not fit its bounds", e);
    }
  }

  private int run() throws DamagedBlockException {
    // How the previous instruction ended: 0 none, 1 to 3 that many literals, 4 a literal run.
    int state = 0;
    int first = next();
    if (first > 17) {
      literals(first - 17);
      state = Math.min(first - 17, 4);
    } else {
      ip--;
    }
    while (true) {
      int code = next();
      if (code < M4) {
        if (state == 0) {
          literals((code == 0 ? extended(15) : code) + 3);
          state = 4;
          continue;
        }
        int distance = (next() << 2) + (code >> 2) + (state == 4 ? 2049 : 1);
        copy(distance, state == 4 ? 3 : 2);
        state = code & 3;
      } else if (code >= M2) {
        copy((next() << 3) + ((code >> 2) & 7) + 1, (code >> 5) + 1);
        state = code & 3;
      } else if (code >= M3) {
        int length = (code & 31) == 0 ? extended(31) : code & 31;
        int tail = nextPair();
        copy((tail >> 2) + 1, length + 2);
        state = tail & 3;
      } else {
        int length = (code & 7) == 0 ? extended(7) : code & 7;
        int tail = nextPair();
        int distance = ((code & 8) << 11) + (tail >> 2) + 16384;
        if (distance == 16384) {
          return end();
        }
        copy(distance, length + 2);
        state = tail & 3;
      }
      literals(state);
    }
  }

  private int end() throws DamagedBlockException {
    if (ip != inEnd) {
      throw new DamagedBlockException((inEnd - ip) + " bytes after the end of the LZO stream");
    }
    return op;
  }

  private int next() throws DamagedBlockException {
    if (ip >= inEnd) {
      throw new DamagedBlockException("LZO stream without end marker");
    }
    return in[ip++] & 0xFF;
  }

  private int nextPair() throws DamagedBlockException {
    if (inEnd - ip < 2) {
      throw new DamagedBlockException("LZO stream without end marker");
    }
    ip += 2;
    return LittleEndian.u16(in, ip - 2);
  }

  /** A length of more than its instruction's bits: 255 for every zero byte, then a last byte. */
  private int extended(int base) throws DamagedBlockException {
    int length = base;
    int add = next();
    while (add == 0) {
      length += 255;
      if (length > out.length) {
        throw new DamagedBlockException("LZO length beyond the output limit");
      }
      add = next();
    }
    return length + add;
  }

  private void literals(int count) {
    System.arraycopy(in, ip, out, op, checked(count));
    ip += count;
    op += count;
  }

  /** Literals must come from the stream itself, not from what lies behind it in the buffer. */
  private int checked(int count) {
    if (count > inEnd - ip) {
      throw new IndexOutOfBoundsException();
    }
    return count;
  }

  private void copy(int distance, int count) {
    int from = op - distance;
    if (from < 0 || count > out.length - op) {
      throw new IndexOutOfBoundsException();
    }
    if (distance >= count) {
      System.arraycopy(out, from, out, op, count);
    } else {
      for (int i = 0; i < count; i++) {
        out[op + i] = out[from + i];
      }
    }
    op += count;
  }
}
