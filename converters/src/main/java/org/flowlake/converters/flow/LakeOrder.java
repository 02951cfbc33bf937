package org.flowlake.converters.flow;

import java.util.List;

/**
 * The order of flows within the lake's files: day of first seen (UTC), destination address, source
 * address, first seen; addresses as unsigned numbers, absent values first.
 */
public final class LakeOrder extends IndexSort {
  /** The fields that {@link #sort} compares; a batch to be sorted must have them. */
  public static final List<FlowField> FIELDS =
      List.of(FlowField.FIRST_SEEN, FlowField.DST_ADDR, FlowField.SRC_ADDR);

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private static final int KEYS = 6;

  private final FlowColumn firstSeen;
  private final FlowColumn dstAddr;
  private final FlowColumn srcAddr;

  private LakeOrder(FlowBatch batch) {
    super(batch.size(), KEYS);
    this.firstSeen = batch.column(FlowField.FIRST_SEEN);
    this.dstAddr = batch.column(FlowField.DST_ADDR);
    this.srcAddr = batch.column(FlowField.SRC_ADDR);
  }

  /** The rows of the batch in lake order; rows equal in all keys keep their order. */
  public static int[] sort(FlowBatch batch) {
    return new LakeOrder(batch).sorted();
  }

  @Override
  protected long key(int row, int level) {
    return switch (level) {
      case 0 ->
          firstSeen.isNull(row) ? 0 : signed(Math.floorDiv(firstSeen.longAt(row), MICROS_PER_DAY));
      case 1 -> dstAddr.isNull(row) ? 0 : dstAddr.addressHigh(row);
      case 2 -> dstAddr.isNull(row) ? 0 : dstAddr.addressLow(row);
      case 3 -> srcAddr.isNull(row) ? 0 : srcAddr.addressHigh(row);
      case 4 -> srcAddr.isNull(row) ? 0 : srcAddr.addressLow(row);
      default -> firstSeen.isNull(row) ? 0 : signed(firstSeen.longAt(row));
    };
  }
}
