package org.flowlake.converters.parquet.write;

/**
 * Parquet's encoding DELTA_BINARY_PACKED: the first number, then by 128 the least difference and
 * what each has beyond it, as bits. In the shape that parquet-java gives it, of which readers have
 * seen most.
 */
final class DeltaEncoder {
  private static final int BLOCK = 128;
  private static final int MINIBLOCKS = 4;
  private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

  private final long[] differences = new long[BLOCK];
  private final int[] widths = new int[MINIBLOCKS];

  /**
   * Encodes numbers from..to.
   *
   * @param isLong false for numbers of 32 bits, whose differences have 32 bits too
   */
  void encode(long[] numbers, int from, int to, boolean isLong, PageBytes target) {
    target.addVarint(BLOCK);
    target.addVarint(MINIBLOCKS);
    target.addVarint(to - from);
    target.addZigzag(from < to ? numbers[from] : 0);
    for (int next = from + 1; next < to; next += BLOCK) {
      int count = Math.min(BLOCK, to - next);
      for (int i = 0; i < count; i++) {
        long difference = numbers[next + i] - numbers[next + i - 1];
        differences[i] = isLong ? difference : (int) difference;
      }
      addBlock(count, target);
    }
  }

  private void addBlock(int count, PageBytes target) {
    long least = differences[0];
    for (int i = 1; i < count; i++) {
      least = Math.min(least, differences[i]);
    }
    target.addZigzag(least);
    for (int mini = 0; mini < MINIBLOCKS; mini++) {
      long bits = 0;
      int end = Math.min(count, (mini + 1) * MINIBLOCK);
      for (int i = mini * MINIBLOCK; i < end; i++) {
        differences[i] -= least;
        bits |= differences[i];
      }
      widths[mini] = Long.SIZE - Long.numberOfLeadingZeros(bits);
      target.add(widths[mini]);
    }
    for (int mini = 0; mini * MINIBLOCK < count; mini++) {
      int end = Math.min(count, (mini + 1) * MINIBLOCK);
      target.addPacked(differences, mini * MINIBLOCK, end, widths[mini], MINIBLOCK);
    }
  }
}
