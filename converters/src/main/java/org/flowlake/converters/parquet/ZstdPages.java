package org.flowlake.converters.parquet;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Codecs for one reader of a file: pages that are a zstd frame are expanded from array to array,
 * where Parquet's codec opens a stream, with its buffers and window, for each. Others are left to
 * Parquet's codecs. Not for several threads.
 */
final class ZstdPages implements CompressionCodecFactory {
  private final CompressionCodecFactory others;
  private Expander expander;

  ZstdPages(CompressionCodecFactory others) {
    this.others = others;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return others.getCompressor(codec);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      return others.getDecompressor(codec);
    }
    if (expander == null) {
      expander = new Expander();
    }
    return expander;
  }

  @Override
  public void release() {
    if (expander != null) {
      expander.release();
    }
    others.release();
  }

  private static final class Expander implements BytesInputDecompressor {
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      byte[] page = new byte[size];
      ByteBuffer stored = bytes.toByteBuffer();
      int count = stored.remaining();
      if (!stored.hasArray()) {
        stored = ByteBuffer.allocate(count).put(stored).flip();
      }
      byte[] from = stored.array();
      int at = stored.arrayOffset() + stored.position();
      int expanded;
      try {
        expanded = zstd.decompressByteArray(page, 0, size, from, at, count);
      } catch (ZstdException e) {
        throw new IOException("A zstd page of " + size + " bytes: " + e.getMessage(), e);
      }
      if (expanded != size) {
        throw new IOException("A zstd page has " + expanded + " bytes, " + size + " expected");
      }
      return BytesInput.from(page);
    }

    @Override
    public void decompress(ByteBuffer input, int stored, ByteBuffer output, int size)
        throws IOException {
      ByteBuffer from = input.slice().limit(stored);
      output.put(decompress(BytesInput.from(from), size).toByteArray());
      input.position(input.position() + stored);
    }

    @Override
    public void release() {
      zstd.close();
    }
  }
}
