package org.flowlake.converters.parquet;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A page of addresses of which each is what it shares with the one before and the bytes that
 * follow: in sorted columns most share everything. Keeps its memory for the next page.
 *
 * <p>See Parquet's Encodings.md, "Delta Strings".
 */
final class PrefixedAddresses {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int NONE = -1;

  /** The bytes of an address, eight times. */
  private static final long LENGTHS = 0x0101_0101_0101_0101L * AddressColumn.BYTES;

  private byte[] prefixes = {};
  private byte[] suffixes = {};
  private int count;
  private byte[] bytes;
  private int at;

  /**
   * Takes a page in the place of the one before.
   *
   * @param column its name, for errors
   * @param from the row of the first value
   */
  void load(PackedPage page, String column, int from, int present) throws IOException {
    if (suffixes.length < present) {
      prefixes = new byte[present];
      suffixes = new byte[present];
    }
    page.lengths(prefixes, present);
    long length = page.lengths(suffixes, present);
    int other = prefixes[0] > 0 ? 0 : firstOfOtherLength(present);
    if (other < present) {
      throw new IOException(
          "Column "
              + column
              + " has an address of "
              + (prefixes[other] + suffixes[other])
              + " bytes in row "
              + (from + other));
    }
    count = present;
    at = page.skip(length);
    bytes = page.bytes();
  }

  /** The first value that is not as long as an address; {@code present} if all are. */
  private int firstOfOtherLength(int present) {
    int value = 0;
    // No sum reaches into the next byte: a length has seven bits.
    while (value + Long.BYTES <= present
        && (long) WORDS.get(prefixes, value) + (long) WORDS.get(suffixes, value) == LENGTHS) {
      value += Long.BYTES;
    }
    while (value < present && prefixes[value] + suffixes[value] == AddressColumn.BYTES) {
      value++;
    }
    return value;
  }

  /** Writes all of them as words. */
  void copyTo(long[] high, long[] low, int from) {
    long first = 0;
    long last = 0;
    int next = at;
    for (int i = 0; i < count; i++) {
      int suffix = suffixes[i];
      first = high(first, next, suffix);
      last = low(last, next, suffix);
      high[from + i] = first;
      low[from + i] = last;
      next += suffix;
    }
  }

  /** Writes those at some places, in ascending order, as words. */
  void copyTo(long[] high, long[] low, int from, int[] places) {
    byte[] address = new byte[AddressColumn.BYTES];
    int end = at;
    int value = 0;
    for (int i = 0; i < places.length; i++) {
      for (; value <= places[i]; value++) {
        end += suffixes[value];
      }
      copy(places[i], i == 0 ? NONE : places[i - 1], end, address);
      high[from + i] = (long) WORDS.get(address, 0);
      low[from + i] = (long) WORDS.get(address, Long.BYTES);
    }
  }

  /**
   * Puts a value together, from its end on: what it shares stands with those before.
   *
   * @param known a value before that, which the address is; {@link #NONE} for none
   */
  private void copy(int value, int known, int end, byte[] address) {
    int left = address.length;
    int next = end;
    for (int i = value; left > 0 && i != known; i--) {
      int prefix = address.length - suffixes[i];
      next -= suffixes[i];
      if (prefix < left) {
        System.arraycopy(bytes, next, address, prefix, left - prefix);
        left = prefix;
      }
    }
  }

  /** Marks those that are wanted; gives whether any is. */
  boolean mark(WantedAddresses wanted, boolean[] marks, int from) {
    return wanted.isOne() ? markOne(wanted.first(), marks, from) : markRange(wanted, marks, from);
  }

  /**
   * Marks those that are one address. Few have its last byte, which is where the bytes of a value
   * end: only these are compared, from their end.
   */
  private boolean markOne(byte[] address, boolean[] marks, int from) {
    Arrays.fill(marks, from, from + count, false);
    byte ending = address[address.length - 1];
    int end = at;
    int latest = NONE;
    for (int i = 0; i < count; i++) {
      int suffix = suffixes[i];
      end += suffix;
      if (bytes[end - 1] == ending
          // Without bytes of its own it is the one before.
          && (suffix == 0 ? latest == i - 1 : isEqual(i, end, address, latest))) {
        marks[from + i] = true;
        latest = i;
      }
    }
    return latest != NONE;
  }

  /**
   * Whether a value is this address: what it shares with the one before is compared there.
   *
   * @param end where its bytes end
   * @param equal a value before that is; {@link #NONE} for none
   */
  private boolean isEqual(int value, int end, byte[] address, int equal) {
    int left = address.length;
    int next = end;
    for (int i = value; left > 0 && i != equal; i--) {
      int suffix = suffixes[i];
      int prefix = address.length - suffix;
      next -= suffix;
      if (prefix < left) {
        if (!Arrays.equals(bytes, next, next + left - prefix, address, prefix, left)) {
          return false;
        }
        left = prefix;
      }
    }
    return true;
  }

  /**
   * Marks those that are wanted. What lies outside the range of the wanted ones is not put together
   * as long as it differs from the range's end in the same byte as the one before.
   */
  private boolean markRange(WantedAddresses wanted, boolean[] marks, int from) {
    long first = 0;
    long last = 0;
    // Bytes that the last one has in common with an end of the range, whose words stand above; none
    // of a value that is no such end.
    int common = AddressColumn.BYTES;
    boolean found = false;
    int next = at;
    for (int i = 0; i < count; i++) {
      int suffix = suffixes[i];
      if (AddressColumn.BYTES - suffix > common) {
        marks[from + i] = false;
        next += suffix;
        continue;
      }
      first = high(first, next, suffix);
      last = low(last, next, suffix);
      next += suffix;
      if (wanted.isBelow(first, last)) {
        common = commonBytes(first, last, wanted.firstHigh(), wanted.firstLow());
        first = wanted.firstHigh();
        last = wanted.firstLow();
        marks[from + i] = false;
      } else if (wanted.isAbove(first, last)) {
        common = commonBytes(first, last, wanted.lastHigh(), wanted.lastLow());
        first = wanted.lastHigh();
        last = wanted.lastLow();
        marks[from + i] = false;
      } else {
        common = AddressColumn.BYTES;
        marks[from + i] = wanted.contains(first, last);
        found |= marks[from + i];
      }
    }
    return found;
  }

  private static int commonBytes(long high, long low, long otherHigh, long otherLow) {
    return high == otherHigh
        ? Long.BYTES + Long.numberOfLeadingZeros(low ^ otherLow) / Byte.SIZE
        : Long.numberOfLeadingZeros(high ^ otherHigh) / Byte.SIZE;
  }

  private long high(long word, int place, int suffix) {
    int tail = suffix - Long.BYTES;
    return tail > 0 ? withTail(word, place, tail) : word;
  }

  private long low(long word, int place, int suffix) {
    return suffix > 0
        ? withTail(word, place + Math.max(suffix - Long.BYTES, 0), Math.min(suffix, Long.BYTES))
        : word;
  }

  /** A word with others in the place of its last bytes, 1 to 8 of them. */
  private long withTail(long word, int place, int tail) {
    int shift = Long.SIZE - tail * Byte.SIZE;
    // A shift by 64 bits would be one by none.
    long kept = word & ~(-1L >>> shift);
    return kept | (long) WORDS.get(bytes, place) >>> shift;
  }
}
