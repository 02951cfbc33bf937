package org.flowlake.converters.nfcapd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/**
 * How the data blocks of an nfcapd file are compressed: each block on its own, without its header.
 * The expanded length is not stored.
 */
public enum BlockCompression {
  NONE(0, 0) {
    @Override
    int expandInto(byte[] out, byte[] in, int count) {
      System.arraycopy(in, 0, out, 0, count);
      return count;
    }

    @Override
    byte[] compress(byte[] in, int count, int level) {
      return Arrays.copyOf(in, count);
    }
  },
  /** A raw LZO1X stream. */
  LZO(1, 0x1) {
    @Override
    int expandInto(byte[] out, byte[] in, int count) throws DamagedBlockException {
      return Lzo1xDecoder.decode(in, 0, count, out);
    }

    @Override
    byte[] compress(byte[] in, int count, int level) {
      return Lzo1xEncoder.encode(in, count);
    }
  },
  /** A whole bzip2 stream. */
  BZ2(2, 0x8) {
    @Override
    int expandInto(byte[] out, byte[] in, int count) throws DamagedBlockException {
      try (var stream = new BZip2CompressorInputStream(new ByteArrayInputStream(in, 0, count))) {
        int size = stream.readNBytes(out, 0, out.length);
        if (size == out.length && stream.read() >= 0) {
          throw new DamagedBlockException("bzip2 stream expands beyond the output limit");
        }
        return size;
      } catch (IOException | RuntimeException e) {
        throw new DamagedBlockException("bzip2: " + e.getMessage(), e);
      }
    }

    @Override
    byte[] compress(byte[] in, int count, int level) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(count / 2);
      try (var stream =
          new BZip2CompressorOutputStream(out, BZip2CompressorOutputStream.MAX_BLOCKSIZE)) {
        stream.write(in, 0, count);
      } catch (IOException e) {
        throw new UncheckedIOException("bzip2 into memory", e);
      }
      return out.toByteArray();
    }
  },
  /** A raw LZ4 block, without a frame. */
  LZ4(3, 0x10) {
    @Override
    int expandInto(byte[] out, byte[] in, int count) throws DamagedBlockException {
      try {
        // Native code where there is some for the machine: nearly twice as fast as Java's.
        return LZ4Factory.fastestInstance()
            .safeDecompressor()
            .decompress(in, 0, count, out, 0, out.length);
      } catch (LZ4Exception e) {
        throw new DamagedBlockException("lz4: " + e.getMessage(), e);
      }
    }

    /** As nfdump: levels from 4 on search more thoroughly, others do not. */
    @Override
    byte[] compress(byte[] in, int count, int level) {
      LZ4Factory factory = LZ4Factory.fastestInstance();
      LZ4Compressor compressor =
          level > LZ4_FAST_LEVELS ? factory.highCompressor(level) : factory.fastCompressor();
      return compressor.compress(in, 0, count);
    }
  },
  /** One zstd frame; since nfdump 1.7.3. */
  ZSTD(4, 0) {
    @Override
    int expandInto(byte[] out, byte[] in, int count) throws DamagedBlockException {
      try {
        return (int) Zstd.decompressByteArray(out, 0, out.length, in, 0, count);
      } catch (ZstdException e) {
        throw new DamagedBlockException("zstd: " + e.getMessage(), e);
      }
    }

    @Override
    byte[] compress(byte[] in, int count, int level) {
      byte[] out = new byte[(int) Zstd.compressBound(count)];
      long size =
          Zstd.compressByteArray(
              out, 0, out.length, in, 0, count, level == 0 ? ZSTD_DEFAULT_LEVEL : level);
      return Arrays.copyOf(out, (int) size);
    }
  };

  /** Largest block, before and after expansion, that nfdump and this reader take: 5 MiB. */
  static final int BLOCK_LIMIT = 5 << 20;

  private static final int LZ4_FAST_LEVELS = 3;
  private static final int ZSTD_DEFAULT_LEVEL = 3;
  private static final int SMALLEST_BUFFER = 64 << 10;
  private static final int USUAL_RATIO = 8;

  private final int code;
  private final int layoutOneFlag;

  BlockCompression(int code, int layoutOneFlag) {
    this.code = code;
    this.layoutOneFlag = layoutOneFlag;
  }

  /** Writes the expanded block to the start of {@code out}; fails if it does not fit. */
  abstract int expandInto(byte[] out, byte[] in, int count) throws DamagedBlockException;

  /**
   * The compressed bytes of a block, in an array of their size.
   *
   * @param level how hard to try, 0 for nfdump's default; where the algorithm has none, unused
   */
  abstract byte[] compress(byte[] in, int count, int level);

  /** The code in a layout 2 header. */
  int code() {
    return code;
  }

  /** The compression with this code in a layout 2 header, or null. */
  static BlockCompression ofCode(int code) {
    return Arrays.stream(values()).filter(c -> c.code == code).findAny().orElse(null);
  }

  /** By the flags of a layout 1 header; should several be set, in nfdump's order. */
  static BlockCompression ofLayoutOneFlags(long flags) {
    for (BlockCompression compression : new BlockCompression[] {LZO, BZ2, LZ4}) {
      if ((flags & compression.layoutOneFlag) != 0) {
        return compression;
      }
    }
    return NONE;
  }

  /** Bytes that so many compressed ones usually expand to at most. */
  static int likelyBytes(int compressedBytes) {
    long likely = Math.max(SMALLEST_BUFFER, (long) compressedBytes * USUAL_RATIO);
    return (int) Math.min(BLOCK_LIMIT, likely);
  }
}
