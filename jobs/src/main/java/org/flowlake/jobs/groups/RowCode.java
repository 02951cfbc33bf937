package org.flowlake.jobs.groups;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.spark.unsafe.Platform;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * Rows of a {@link GroupLayout} on their way from task to task and to disk: every word with as many
 * bytes as it has. A row of four columns and two addresses takes about 50 bytes in the place of
 * 150.
 *
 * <pre>
 * for each 16 words: their lengths, 4 bits each (8 bytes) | the words' bytes, lowest first
 * </pre>
 *
 * <p>Addresses count from their last byte, and last seen from first seen, so that most are short.
 * Where an address lies is not written: its null bit says it.
 */
final class RowCode {
  /** Bytes behind the rows of a block, for words are read and written as a whole. */
  static final int SLACK = 8;

  private static final VarHandle WORD_VIEW =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int WORDS_PER_HEAD = 16;
  private static final int FIRST_AT = GroupLayout.NULL_BITS + CounterColumns.FIRST * 8;
  private static final int LAST_AT = GroupLayout.NULL_BITS + CounterColumns.LAST * 8;

  /** Index of last seen among the words, which begin with null bits and counters. */
  private static final int LAST_WORD = 1 + CounterColumns.LAST;

  private final GroupLayout layout;

  /** Offsets in a row: null bits, counters, numbers, then the halves of addresses. */
  private final int[] words;

  /** How many words are no halves of addresses. */
  private final int numbers;

  RowCode(GroupLayout layout) {
    this.layout = layout;
    int[] all = new int[1 + CounterColumns.COUNT + 2 * layout.columnCount()];
    int count = 0;
    for (int i = 0; i <= CounterColumns.COUNT; i++) {
      all[count++] = i * GroupLayout.WORD;
    }
    for (int i = 0; i < layout.columnCount(); i++) {
      if (layout.addressAt(i) == 0) {
        all[count++] = GroupLayout.wordAt(i);
      }
    }
    numbers = count;
    for (int i = 0; i < layout.columnCount(); i++) {
      if (layout.addressAt(i) > 0) {
        all[count++] = layout.addressAt(i);
        all[count++] = layout.addressAt(i) + GroupLayout.WORD;
      }
    }
    words = Arrays.copyOf(all, count);
  }

  /** What one row may take, {@link #SLACK} included. */
  int mostBytes() {
    int heads = (words.length + WORDS_PER_HEAD - 1) / WORDS_PER_HEAD;
    return (words.length + heads) * GroupLayout.WORD + SLACK;
  }

  /**
   * Writes a row.
   *
   * @param target with room for {@link #mostBytes}
   * @return where the next one begins
   */
  int encode(Object base, long at, byte[] target, int start) {
    int position = start;
    for (int from = 0; from < words.length; from += WORDS_PER_HEAD) {
      int head = position;
      position += GroupLayout.WORD;
      long lengths = 0;
      int to = Math.min(words.length, from + WORDS_PER_HEAD);
      for (int i = from; i < to; i++) {
        long value = Platform.getLong(base, at + words[i]);
        if (i >= numbers) {
          value = Long.reverseBytes(value);
        } else if (i == LAST_WORD) {
          value -= Platform.getLong(base, at + FIRST_AT);
        }
        int bytes = (Long.SIZE + 7 - Long.numberOfLeadingZeros(value)) >>> 3;
        WORD_VIEW.set(target, position, value);
        lengths |= (long) bytes << 4 * (i - from);
        position += bytes;
      }
      WORD_VIEW.set(target, head, lengths);
    }
    return position;
  }

  /**
   * Reads a row.
   *
   * @param row where it goes in the rows, as an offset for {@link Platform}
   * @return where the next one begins
   */
  int decode(byte[] block, int start, byte[] rows, long row) {
    int position = start;
    for (int from = 0; from < words.length; from += WORDS_PER_HEAD) {
      long lengths = (long) WORD_VIEW.get(block, position);
      position += GroupLayout.WORD;
      int to = Math.min(words.length, from + WORDS_PER_HEAD);
      for (int i = from; i < to; i++) {
        int bytes = (int) lengths & 15;
        lengths >>>= 4;
        long value =
            bytes == 0 ? 0 : (long) WORD_VIEW.get(block, position) & -1L >>> (64 - 8 * bytes);
        position += bytes;
        Platform.putLong(rows, row + words[i], i >= numbers ? Long.reverseBytes(value) : value);
      }
    }
    long first = Platform.getLong(rows, row + FIRST_AT);
    long last = Platform.getLong(rows, row + LAST_AT);
    Platform.putLong(rows, row + LAST_AT, first + last);
    long nulls = Platform.getLong(rows, row);
    for (int i = 0; i < layout.columnCount(); i++) {
      int address = layout.addressAt(i);
      if (address > 0) {
        boolean isNull = (nulls & GroupLayout.nullBit(i)) != 0;
        Platform.putLong(
            rows, row + GroupLayout.wordAt(i), isNull ? 0 : GroupLayout.addressWord(address));
      }
    }
    return position;
  }
}
