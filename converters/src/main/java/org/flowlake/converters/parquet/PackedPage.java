package org.flowlake.converters.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferInputStream;

/**
 * The bytes of a page and a place in them, for the encodings that are decoded whole: ids of a
 * dictionary and deltas. The memory is kept for the next page.
 *
 * <p>See Parquet's Encodings.md, "RLE/Bit-Packing Hybrid" and "Delta Encoding".
 */
final class PackedPage {
  private byte[] bytes = {};
  private int end;
  private int at;

  /** Takes what is left of the stream. */
  void load(ByteBufferInputStream stream) throws IOException {
    end = stream.available();
    if (bytes.length < end + PackedBits.ROOM) {
      bytes = new byte[end + PackedBits.ROOM];
    }
    at = 0;
    int read = end == 0 ? 0 : stream.read(bytes, 0, end);
    if (read != end) {
      throw new IOException("A page ends after " + read + " of " + end + " bytes");
    }
  }

  /** Decodes ids of a dictionary: their width, then repeated ids and packed ones by turns. */
  void ids(long[] target, int from, int count) throws IOException {
    int width = widthOfIds();
    int to = from + count;
    int row = from;
    while (row < to) {
      long header = unsigned();
      long length = header >>> 1;
      if ((header & 1) == 0) {
        int repeated = (int) Math.min(length, to - row);
        int size = PackedBits.bytes(width, 1);
        PackedBits.unpack(bytes, skip(size), size * Byte.SIZE, target, row, 1);
        Arrays.fill(target, row, row + repeated, target[row]);
        row += repeated;
      } else {
        int packed = (int) Math.min(length * Byte.SIZE, to - row);
        // Writers may leave out what no number needs.
        int place = skip(Math.min(length * width, end - at));
        checkEnd(place + PackedBits.bytes(width, packed));
        PackedBits.unpack(bytes, place, width, target, row, packed);
        row += packed;
      }
    }
  }

  /** Decodes ids of a dictionary, those at these places, which ascend. */
  void ids(long[] target, int from, int[] places) throws IOException {
    int width = widthOfIds();
    long[] eight = new long[Byte.SIZE];
    long start = 0;
    for (int i = 0; i < places.length; ) {
      long header = unsigned();
      boolean isRepeated = (header & 1) == 0;
      long length = Math.min(header >>> 1, Integer.MAX_VALUE);
      long last = start + (isRepeated ? length : length * Byte.SIZE);
      int size = PackedBits.bytes(width, 1);
      int place = skip(isRepeated ? size : Math.min(length * width, end - at));
      for (; i < places.length && places[i] < last; i++) {
        if (isRepeated) {
          PackedBits.unpack(bytes, place, size * Byte.SIZE, target, from + i, 1);
        } else {
          int inRun = (int) (places[i] - start);
          checkEnd(place + PackedBits.bytes(width, inRun + 1));
          int before = inRun % Byte.SIZE;
          int ofEight = place + inRun / Byte.SIZE * width;
          PackedBits.unpack(bytes, ofEight, width, eight, 0, before + 1);
          target[from + i] = eight[before];
        }
      }
      start = last;
    }
  }

  private int widthOfIds() throws IOException {
    int width = next();
    if (width > Integer.SIZE) {
      throw new IOException("Ids of a dictionary have " + width + " bits, 32 at most");
    }
    return width;
  }

  /** Decodes numbers that are stored as differences. */
  void deltas(long[] target, int from, int count) throws IOException {
    Differences differences = new Differences(count);
    int to = from + count;
    for (int row = from; row < to; ) {
      row += differences.next(target, row);
    }
  }

  /**
   * Decodes those at these places, which ascend.
   *
   * @param count of all
   */
  void deltas(long[] target, int from, int[] places, int count) throws IOException {
    Differences differences = new Differences(count);
    long[] some = differences.room();
    int start = 0;
    for (int i = 0; i < places.length; ) {
      int end = start + differences.next(some, 0);
      for (; i < places.length && places[i] < end; i++) {
        target[from + i] = some[places[i] - start];
      }
      start = end;
    }
  }

  /**
   * Decodes lengths that are stored as differences.
   *
   * @return their sum
   * @throws IOException if one is not 0 to {@link Byte#MAX_VALUE}
   */
  long lengths(byte[] target, int count) throws IOException {
    Differences differences = new Differences(count);
    long[] some = differences.room();
    long bits = 0;
    long sum = 0;
    for (int row = 0; row < count; ) {
      int read = differences.next(some, 0);
      for (int i = 0; i < read; i++) {
        target[row + i] = (byte) some[i];
        bits |= some[i];
        sum += some[i];
      }
      row += read;
    }
    if ((bits & ~Byte.MAX_VALUE) != 0) {
      throw new IOException("A page has a length that is not 0 to " + Byte.MAX_VALUE);
    }
    return sum;
  }

  /** The bytes, see {@link #skip}, and {@link PackedBits#ROOM} more. */
  byte[] bytes() {
    return bytes;
  }

  private int next() throws IOException {
    return bytes[skip(1)] & 0xFF;
  }

  /** Goes on by so many bytes; gives the place of the first. */
  int skip(long count) throws IOException {
    int place = at;
    checkEnd(place + count);
    at += (int) count;
    return place;
  }

  private void checkEnd(long place) throws IOException {
    if (place > end) {
      throw new IOException("A page of " + end + " bytes ends before byte " + place);
    }
  }

  private long unsigned() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int part = next();
      value |= (part & 0x7FL) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw new IOException("A number in a page has more than 64 bits");
  }

  private long signed() throws IOException {
    long value = unsigned();
    return value >>> 1 ^ -(value & 1);
  }

  /** Numbers that are stored as differences, some at a time. */
  private final class Differences {
    private final long parts;
    private final int size;
    private int left;
    private boolean started;
    private long value;
    private long least;
    private int widths;
    private long part;

    Differences(int count) throws IOException {
      long blockSize = unsigned();
      parts = unsigned();
      long stored = unsigned();
      if (stored != count || parts == 0 || blockSize % parts != 0) {
        throw new IOException(
            "A page has "
                + stored
                + " numbers in blocks of "
                + blockSize
                + ", "
                + parts
                + " parts each, where there are "
                + count);
      }
      size = Math.toIntExact(blockSize / parts);
      left = count;
      value = signed();
    }

    /** Room for as many as come at once. */
    long[] room() {
      return new long[Math.min(size, left)];
    }

    /** Decodes the next ones; gives how many these are. */
    int next(long[] target, int from) throws IOException {
      if (!started) {
        started = true;
        part = parts;
        target[from] = value;
        left--;
        return 1;
      }
      if (part == parts) {
        least = signed();
        widths = skip(parts);
        part = 0;
      }
      int width = bytes[widths + (int) part++] & 0xFF;
      if (width > Long.SIZE) {
        throw new IOException("Differences in a page have " + width + " bits, 64 at most");
      }
      int some = Math.min(size, left);
      int place = skip(Math.min(PackedBits.bytes(width, size), end - at));
      checkEnd(place + PackedBits.bytes(width, some));
      value = PackedBits.unpackDifferences(bytes, place, width, target, from, some, value, least);
      left -= some;
      return some;
    }
  }
}
