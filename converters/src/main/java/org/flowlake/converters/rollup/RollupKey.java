package org.flowlake.converters.rollup;

import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;

/**
 * The key of a flow as longs: two for an address, one for a number, and a last word with all else
 * that keeps flows apart:
 *
 * <pre>
 * bits  0 to 31  first day of the period of last seen, signed
 *      32 to 47  protocol
 *      48 to 51  IP version
 *      52 to 55  what is absent of the leading keys
 *            56  no protocol      57  no IP version
 *            58  no last seen     59  begins exactly where its period begins
 * </pre>
 */
final class RollupKey {
  /** In the place of a protocol or IP version that is absent. */
  static final long NONE = -1;

  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final int PROTO_SHIFT = 32;
  private static final int VERSION_SHIFT = 48;
  private static final int ABSENT_SHIFT = 52;
  private static final long NO_PROTO = 1L << 56;
  private static final long NO_VERSION = 1L << 57;
  private static final long NO_LAST = 1L << 58;
  private static final long AT_START = 1L << 59;
  private static final long LAST_PERIOD = 0xFFFF_FFFFL;

  private final FlowColumn[] leading;
  private final FlowColumn version;
  private final FlowColumn proto;
  private final FlowColumn first;
  private final FlowColumn last;

  RollupKey(Rollup rollup, FlowBatch batch) {
    this.leading = rollup.leadingKeys().stream().map(batch::column).toArray(FlowColumn[]::new);
    this.version = rollup.keepsVersion() ? batch.column(FlowField.IP_VERSION) : null;
    this.proto = batch.column(FlowField.PROTO);
    this.first = batch.column(FlowField.FIRST_SEEN);
    this.last = batch.column(FlowField.LAST_SEEN);
  }

  static int words(Rollup rollup) {
    return 1 + rollup.leadingKeys().stream().mapToInt(RollupKey::words).sum();
  }

  private static int words(FlowField field) {
    return field.type() == FlowType.ADDRESS ? 2 : 1;
  }

  /** The word at which the value of a leading key begins. */
  static int word(Rollup rollup, int leadingKey) {
    return rollup.leadingKeys().stream().limit(leadingKey).mapToInt(RollupKey::words).sum();
  }

  /** Writes the key of a flow for rollups per day, from this word on. */
  void read(int row, long[] key, int at) {
    long tail = 0;
    int word = at;
    for (int i = 0; i < leading.length; i++) {
      FlowColumn column = leading[i];
      boolean address = column.field().type() == FlowType.ADDRESS;
      if (column.isNull(row)) {
        tail |= 1L << (ABSENT_SHIFT + i);
        key[word++] = 0;
        if (address) {
          key[word++] = 0;
        }
      } else if (address) {
        key[word++] = column.addressHigh(row);
        key[word++] = column.addressLow(row);
      } else {
        key[word++] =
            column.field().type() == FlowType.INT ? column.intAt(row) : column.longAt(row);
      }
    }
    tail |= proto.isNull(row) ? NO_PROTO : (long) proto.intAt(row) << PROTO_SHIFT;
    tail |=
        version == null || version.isNull(row)
            ? NO_VERSION
            : (long) version.intAt(row) << VERSION_SHIFT;
    tail |= last.isNull(row) ? NO_LAST : day(last.longAt(row)) & LAST_PERIOD;
    if (!first.isNull(row) && first.longAt(row) % MICROS_PER_DAY == 0) {
      tail |= AT_START;
    }
    key[word] = tail;
  }

  /**
   * The last word of a key for a longer period.
   *
   * @param tail that of the key per day
   * @param day first day of the flows, days since 1970-01-01; null for flows without time
   */
  static long inPeriod(long tail, Integer day, RollupPeriod period) {
    long wider = tail;
    if ((tail & NO_LAST) == 0) {
      wider = (tail & ~LAST_PERIOD) | (period.start((int) (tail & LAST_PERIOD)) & LAST_PERIOD);
    }
    boolean startsPeriod = day != null && period.start(day) == day;
    return startsPeriod ? wider : wider & ~AT_START;
  }

  /**
   * The last word of the key that a stored row has.
   *
   * @param absent a bit for each leading key that is absent
   * @param lastMicros latest last seen of the row; {@link Long#MIN_VALUE} for none
   * @param firstMicros earliest first seen; {@link Long#MAX_VALUE} for none
   * @param start first day of the period, days since 1970-01-01; null for flows without time
   */
  static long tail(
      int absent,
      long proto,
      long version,
      long lastMicros,
      long firstMicros,
      RollupPeriod period,
      Integer start) {
    long tail = (long) absent << ABSENT_SHIFT;
    tail |= proto == NONE ? NO_PROTO : proto << PROTO_SHIFT;
    tail |= version == NONE ? NO_VERSION : version << VERSION_SHIFT;
    tail |=
        lastMicros == Long.MIN_VALUE ? NO_LAST : period.start((int) day(lastMicros)) & LAST_PERIOD;
    if (start != null && firstMicros == start * MICROS_PER_DAY) {
      tail |= AT_START;
    }
    return tail;
  }

  static boolean hasLeading(long tail, int leadingKey) {
    return (tail & 1L << (ABSENT_SHIFT + leadingKey)) == 0;
  }

  static boolean hasProto(long tail) {
    return (tail & NO_PROTO) == 0;
  }

  static int proto(long tail) {
    return (int) (tail >>> PROTO_SHIFT) & 0xFFFF;
  }

  static boolean hasVersion(long tail) {
    return (tail & NO_VERSION) == 0;
  }

  static int version(long tail) {
    return (int) (tail >>> VERSION_SHIFT) & 0xF;
  }

  private static long day(long micros) {
    return Math.floorDiv(micros, MICROS_PER_DAY);
  }
}
