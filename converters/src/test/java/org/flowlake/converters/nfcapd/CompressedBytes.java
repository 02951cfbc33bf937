package org.flowlake.converters.nfcapd;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Blocks of test files in every compression; LZO and LZ4 by hand, of literals alone. */
final class CompressedBytes {
  private CompressedBytes() {}

  static byte[] bzip2(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = new BZip2CompressorOutputStream(out)) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] zstd(byte[] bytes) {
    return Zstd.compress(bytes);
  }

  /** One literal run (instruction 0: 18 + 255 for every zero byte + a last byte), then the end. */
  static byte[] lzo(byte[] bytes) {
    return NfcapdBytes.join(extended(bytes.length - 18), bytes, new byte[] {0x11, 0, 0});
  }

  private static byte[] extended(int length) {
    int zeros = (length - 1) / 255;
    byte[] run = new byte[2 + zeros];
    run[1 + zeros] = (byte) (length - 255 * zeros);
    return run;
  }

  /** One sequence without a match: token 0xF0, 15 + 255 per 0xFF + a last byte below 255. */
  static byte[] lz4(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xF0);
    int rest = bytes.length - 15;
    for (; rest >= 255; rest -= 255) {
      out.write(0xFF);
    }
    out.write(rest);
    out.writeBytes(bytes);
    return out.toByteArray();
  }
}
