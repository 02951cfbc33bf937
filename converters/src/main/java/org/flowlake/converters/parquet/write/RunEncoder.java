package org.flowlake.converters.parquet.write;

/**
 * Parquet's encoding RLE: runs of one number, and between them numbers as bits, eight by eight. For
 * levels and for places in a dictionary.
 */
final class RunEncoder {
  /** Fewer equal numbers than these are shorter as bits. */
  private static final int SHORTEST_RUN = Byte.SIZE;

  private RunEncoder() {}

  /**
   * Encodes numbers from..to.
   *
   * @param width bits of each, 0 to 32
   */
  static void encode(long[] numbers, int from, int to, int width, PageBytes target) {
    int waiting = from;
    int next = from;
    while (next < to) {
      int end = next + 1;
      while (end < to && numbers[end] == numbers[next]) {
        end++;
      }
      // Numbers as bits come by eight, so those that wait take some of the run.
      int run = next + (waiting - next & Byte.SIZE - 1);
      if (end - run >= SHORTEST_RUN) {
        pack(numbers, waiting, run, width, target);
        addRun(numbers[next], end - run, width, target);
        waiting = end;
      }
      next = end;
    }
    pack(numbers, waiting, to, width, target);
  }

  /** Encodes one number as often as it is said to come. */
  static void addRun(long number, int count, int width, PageBytes target) {
    target.addVarint((long) count << 1);
    target.addLowest(number, (width + Byte.SIZE - 1) / Byte.SIZE);
  }

  private static void pack(long[] numbers, int from, int to, int width, PageBytes target) {
    if (from < to) {
      int eights = (to - from + Byte.SIZE - 1) / Byte.SIZE;
      target.addVarint((long) eights << 1 | 1);
      target.addPacked(numbers, from, to, width, eights * Byte.SIZE);
    }
  }
}
