package org.flowlake.converters.nfcapd;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the blocks of a new file are compressed.
 *
 * @param level how hard to try; 0 for nfdump's default. Of LZ4 (up to 12) and ZSTD (up to 22) only
 */
public record BlockEncoding(BlockCompression compression, int level) implements Serializable {
  private static final Pattern TEXT = Pattern.compile("=?([a-z0-9]+)(?::(\\d{1,3}))?");
  private static final int MOST_LZ4 = 12;
  private static final int MOST_ZSTD = 22;

  /** Blocks as they are. */
  public static final BlockEncoding NONE = new BlockEncoding(BlockCompression.NONE, 0);

  public BlockEncoding {
    int most =
        switch (compression) {
          case LZ4 -> MOST_LZ4;
          case ZSTD -> MOST_ZSTD;
          case NONE, LZO, BZ2 -> 0;
        };
    if (level < 0 || level > most) {
      throw new IllegalArgumentException(
          most == 0
              ? "Compression " + compression + " has no levels"
              : compression + " max compression level is " + most);
    }
  }

  /**
   * Parses the argument of nfdump 1.7.8's {@code -z}: {@code [=]name[:level]}, the name lzo, bz2,
   * bzip2, lz4, zstd, or the compression's number in a file's header.
   *
   * @throws IllegalArgumentException for anything else; the message says what is known
   */
  public static BlockEncoding parse(String text) {
    Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw unknown(text);
    }
    BlockCompression compression =
        switch (matcher.group(1)) {
          case "0" -> BlockCompression.NONE;
          case "lzo", "1" -> BlockCompression.LZO;
          case "bz2", "bzip2", "2" -> BlockCompression.BZ2;
          case "lz4", "3" -> BlockCompression.LZ4;
          case "zstd", "4" -> BlockCompression.ZSTD;
          default -> throw unknown(text);
        };
    return new BlockEncoding(
        compression, matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
  }

  byte[] compress(byte[] block, int count) {
    return compression.compress(block, count, level);
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "Unknown compression '" + text + "': expected lzo, bz2, lz4[:level] or zstd[:level]");
  }
}
