package org.flowlake.converters.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LakeOrderTest {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** The same order by comparing whole rows: slow, and plain to see. */
  private static Comparator<Integer> byRows(FlowBatch batch) {
    FlowColumn first = batch.column(FlowField.FIRST_SEEN);
    FlowColumn dst = batch.column(FlowField.DST_ADDR);
    FlowColumn src = batch.column(FlowField.SRC_ADDR);
    return Comparator.comparing(
            (Integer row) ->
                first.isNull(row)
                    ? Long.MIN_VALUE
                    : Math.floorDiv(first.longAt(row), MICROS_PER_DAY))
        .thenComparing(row -> address(dst, row), java.util.Arrays::compareUnsigned)
        .thenComparing(row -> address(src, row), java.util.Arrays::compareUnsigned)
        .thenComparing(row -> first.isNull(row) ? Long.MIN_VALUE : first.longAt(row));
  }

  private static byte[] address(FlowColumn column, int row) {
    return column.isNull(row) ? new byte[16] : column.bytesAt(row);
  }

  @Property(tries = 300)
  void sortsAsComparingWholeRowsWould(
      @ForAll long seed,
      @ForAll @IntRange(max = 400) int flows,
      @ForAll @IntRange(max = 3) int mix) {
    FlowBatch batch = new FlowBatch(LakeOrder.FIELDS, 1);
    Random random = new Random(seed);
    for (int i = 0; i < flows; i++) {
      append(batch, random, mix);
    }

    int[] sorted = LakeOrder.sort(batch);

    List<Integer> expected = IntStream.range(0, flows).boxed().sorted(byRows(batch)).toList();
    assertThat(IntStream.of(sorted).boxed().toList()).isEqualTo(expected);
  }

  /** From few hosts and times, so that keys tie, to the whole range of every key. */
  private static void append(FlowBatch batch, Random random, int mix) {
    FlowColumn first = batch.column(FlowField.FIRST_SEEN);
    if (random.nextInt(20) == 0) {
      first.appendNull();
    } else {
      first.appendLong(
          switch (mix) {
            case 0 -> random.nextInt(3) * MICROS_PER_DAY;
            case 1 -> random.nextLong();
            default -> -MICROS_PER_DAY + random.nextLong(3 * MICROS_PER_DAY);
          });
    }
    for (FlowField field : List.of(FlowField.DST_ADDR, FlowField.SRC_ADDR)) {
      FlowColumn column = batch.column(field);
      int kind = random.nextInt(20);
      if (kind == 0) {
        column.appendNull();
      } else if (mix == 0 || kind < 12) {
        column.appendIpv4(mix == 1 ? random.nextInt() : random.nextInt(4));
      } else {
        column.appendAddress(
            mix == 1 ? random.nextLong() : random.nextInt(2), random.nextInt(3) - 1L);
      }
    }
    batch.endFlow();
  }
}
