package org.flowlake.jobs.groups;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.GroupColumn;
import org.flowlake.jobs.rows.GroupColumn.Merge;
import org.flowlake.jobs.rows.GroupColumn.Width;

/**
 * Spark's row in one size for all rows of a question. Addresses take their 16 bytes also where they
 * are null, so any row of a group can be changed into any other in place:
 *
 * <pre>
 * null bits (8) | 8 counters (64) | columns, 8 bytes each | addresses, 16 bytes each
 * </pre>
 *
 * <p>The column of an address holds where it lies and its length, as in every such row; null
 * columns hold 0, null addresses are zeros.
 */
public final class GroupLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  static final int NULL_BITS = 8;
  static final int WORD = 8;
  static final int ADDRESS_BYTES = 16;
  private static final int MOST_COLUMNS = 64;
  private static final long HASH = 0x9E3779B97F4A7C15L;

  private final int columns;
  private final int size;

  /** Of each column after the counters: where its address lies; 0 where it is none. */
  private final int[] addressAt;

  /** Offsets of all words that are keys; those of addresses first, for they differ most often. */
  private final int[] keyWords;

  private final long keyNulls;
  private final int[] firsts;
  private final int[] bits;
  private final int[] greatest;

  private GroupLayout(List<GroupColumn> merged) {
    columns = CounterColumns.COUNT + merged.size();
    addressAt = new int[merged.size()];
    int end = NULL_BITS + columns * WORD;
    for (int i = 0; i < merged.size(); i++) {
      if (merged.get(i).width() == Width.ADDRESS) {
        addressAt[i] = end;
        end += ADDRESS_BYTES;
      }
    }
    size = end;
    long nulls = 0;
    int[] words = new int[2 * merged.size()];
    int count = 0;
    for (int i : indices(merged, Merge.KEY)) {
      nulls |= 1L << (CounterColumns.COUNT + i);
      if (addressAt[i] > 0) {
        words[count++] = addressAt[i] + WORD;
        words[count++] = addressAt[i];
      }
    }
    for (int i : indices(merged, Merge.KEY)) {
      if (merged.get(i).width() == Width.NUMBER) {
        words[count++] = wordAt(i);
      }
    }
    keyNulls = nulls;
    keyWords = Arrays.copyOf(words, count);
    firsts = indices(merged, Merge.FIRST);
    bits = indices(merged, Merge.BITS);
    greatest = indices(merged, Merge.GREATEST);
  }

  /**
   * The layout of rows that begin with counters.
   *
   * @param merged all columns after the counters
   * @throws IllegalArgumentException if there are too many, see {@link #fits}
   */
  public static GroupLayout of(List<GroupColumn> merged) {
    if (!fits(merged)) {
      throw new IllegalArgumentException(
          CounterColumns.COUNT + merged.size() + " columns are more than " + MOST_COLUMNS);
    }
    return new GroupLayout(merged);
  }

  /** Whether the null bits of so many columns fit in one word. */
  public static boolean fits(List<GroupColumn> merged) {
    return CounterColumns.COUNT + merged.size() <= MOST_COLUMNS;
  }

  private static int[] indices(List<GroupColumn> merged, Merge merge) {
    return IntStream.range(0, merged.size())
        .filter(i -> merged.get(i).merge() == merge && merged.get(i).width() != Width.ABSENT)
        .toArray();
  }

  /** Bytes of every row. */
  int size() {
    return size;
  }

  UnsafeRow newRow() {
    return new UnsafeRow(columns);
  }

  /** How many columns follow the counters. */
  int columnCount() {
    return addressAt.length;
  }

  /** Where the address of a column after the counters lies in a row; 0 where it is none. */
  int addressAt(int column) {
    return addressAt[column];
  }

  static int wordAt(int column) {
    return NULL_BITS + (CounterColumns.COUNT + column) * WORD;
  }

  static long nullBit(int column) {
    return 1L << (CounterColumns.COUNT + column);
  }

  static long addressWord(int at) {
    return (long) at << 32 | ADDRESS_BYTES;
  }

  /** Whether the row is in this layout as it is. */
  boolean holds(UnsafeRow row) {
    if (row.getSizeInBytes() != size) {
      return false;
    }
    for (int i = 0; i < addressAt.length; i++) {
      if (addressAt[i] > 0 && row.getLong(CounterColumns.COUNT + i) != addressWord(addressAt[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Brings a row into this layout.
   *
   * @param to where it goes in the target, as an offset for {@link Platform}
   */
  void pack(UnsafeRow row, byte[] target, long to) {
    Object base = row.getBaseObject();
    long from = row.getBaseOffset();
    Platform.copyMemory(base, from, target, to, NULL_BITS + (long) columns * WORD);
    for (int i = 0; i < addressAt.length; i++) {
      if (addressAt[i] == 0) {
        continue;
      }
      long target16 = to + addressAt[i];
      if (row.isNullAt(CounterColumns.COUNT + i)) {
        Platform.putLong(target, target16, 0);
        Platform.putLong(target, target16 + WORD, 0);
        continue;
      }
      long place = row.getLong(CounterColumns.COUNT + i);
      if ((int) place != ADDRESS_BYTES) {
        throw new IllegalStateException(
            "An address of " + (int) place + " bytes, where all have " + ADDRESS_BYTES);
      }
      Platform.copyMemory(base, from + (place >>> 32), target, target16, ADDRESS_BYTES);
      Platform.putLong(target, to + wordAt(i), addressWord(addressAt[i]));
    }
  }

  /** All 64 bits are well mixed. */
  long hash(Object base, long at) {
    long hash = Platform.getLong(base, at) & keyNulls;
    for (int word : keyWords) {
      hash = (hash ^ Platform.getLong(base, at + word)) * HASH;
      hash ^= hash >>> 32;
    }
    return hash * HASH;
  }

  /** The same for the first rows of an array, word by word. */
  void hash(byte[] rows, int count, long[] hashes) {
    long start = Platform.BYTE_ARRAY_OFFSET;
    for (int i = 0; i < count; i++) {
      hashes[i] = Platform.getLong(rows, start + (long) i * size) & keyNulls;
    }
    for (int word : keyWords) {
      for (int i = 0; i < count; i++) {
        long hash = (hashes[i] ^ Platform.getLong(rows, start + word + (long) i * size)) * HASH;
        hashes[i] = hash ^ hash >>> 32;
      }
    }
    for (int i = 0; i < count; i++) {
      hashes[i] *= HASH;
    }
  }

  /** How far a hash is shifted to give one of so many parts, a power of two from 2 on. */
  static int partShift(int parts) {
    return Long.SIZE - Integer.numberOfTrailingZeros(parts);
  }

  boolean hasEqualKeys(Object left, long leftAt, Object right, long rightAt) {
    for (int word : keyWords) {
      if (Platform.getLong(left, leftAt + word) != Platform.getLong(right, rightAt + word)) {
        return false;
      }
    }
    return ((Platform.getLong(left, leftAt) ^ Platform.getLong(right, rightAt)) & keyNulls) == 0;
  }

  /** Adds a row to a group of equal keys. */
  void merge(byte[] group, long own, Object base, long added) {
    if (firsts.length > 0) {
      mergeFirsts(group, own, base, added);
    }
    for (int column : bits) {
      long value = word(group, own, column) | word(base, added, column);
      takeNumber(group, own, base, added, column, value);
    }
    for (int column : greatest) {
      long value = word(base, added, column);
      if (!isNull(group, own, column)) {
        value = isNull(base, added, column) ? Long.MIN_VALUE : value;
        value = Math.max(word(group, own, column), value);
      }
      takeNumber(group, own, base, added, column, value);
    }
    mergeCounters(group, own + NULL_BITS, base, added + NULL_BITS);
  }

  /** Adds counters to those of a group. */
  void mergeCounters(byte[] group, long own, long[] counters) {
    mergeCounters(group, own + NULL_BITS, counters, Platform.LONG_ARRAY_OFFSET);
  }

  private static void mergeCounters(byte[] group, long own, Object base, long added) {
    for (int i = 0; i < CounterColumns.FIRST; i++) {
      long at = (long) i * WORD;
      Platform.putLong(
          group, own + at, Platform.getLong(group, own + at) + Platform.getLong(base, added + at));
    }
    long first = CounterColumns.FIRST * (long) WORD;
    long last = CounterColumns.LAST * (long) WORD;
    Platform.putLong(
        group,
        own + first,
        Math.min(Platform.getLong(group, own + first), Platform.getLong(base, added + first)));
    Platform.putLong(
        group,
        own + last,
        Math.max(Platform.getLong(group, own + last), Platform.getLong(base, added + last)));
  }

  private void mergeFirsts(byte[] group, long own, Object base, long added) {
    long first = NULL_BITS + CounterColumns.FIRST * (long) WORD;
    int order =
        Long.compare(Platform.getLong(base, added + first), Platform.getLong(group, own + first));
    if (order > 0) {
      return;
    }
    for (int column : firsts) {
      if (order < 0 || compare(base, added, group, own, column) < 0) {
        take(group, own, base, added, column);
      }
    }
  }

  private int compare(Object left, long leftAt, Object right, long rightAt, int column) {
    boolean isNull = isNull(left, leftAt, column);
    if (isNull || isNull(right, rightAt, column)) {
      return Boolean.compare(isNull(right, rightAt, column), isNull);
    }
    int address = addressAt[column];
    if (address == 0) {
      return Long.compare(word(left, leftAt, column), word(right, rightAt, column));
    }
    int high = compareBytes(left, leftAt + address, right, rightAt + address);
    return high != 0
        ? high
        : compareBytes(left, leftAt + address + WORD, right, rightAt + address + WORD);
  }

  private static int compareBytes(Object left, long leftAt, Object right, long rightAt) {
    return Long.compareUnsigned(
        Long.reverseBytes(Platform.getLong(left, leftAt)),
        Long.reverseBytes(Platform.getLong(right, rightAt)));
  }

  private void take(byte[] group, long own, Object base, long added, int column) {
    Platform.putLong(group, own + wordAt(column), word(base, added, column));
    if (addressAt[column] > 0) {
      Platform.copyMemory(
          base, added + addressAt[column], group, own + addressAt[column], ADDRESS_BYTES);
    }
    long others = Platform.getLong(group, own) & ~nullBit(column);
    Platform.putLong(group, own, others | Platform.getLong(base, added) & nullBit(column));
  }

  /** Sets a number that is null only where both are. */
  private static void takeNumber(
      byte[] group, long own, Object base, long added, int column, long value) {
    if (!isNull(base, added, column)) {
      Platform.putLong(group, own, Platform.getLong(group, own) & ~nullBit(column));
    }
    Platform.putLong(group, own + wordAt(column), value);
  }

  private static boolean isNull(Object base, long at, int column) {
    return (Platform.getLong(base, at) & nullBit(column)) != 0;
  }

  private static long word(Object base, long at, int column) {
    return Platform.getLong(base, at + wordAt(column));
  }
}
