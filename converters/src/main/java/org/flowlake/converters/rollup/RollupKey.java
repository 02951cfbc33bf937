package org.flowlake.converters.rollup;

import java.util.EnumMap;
import java.util.Map;
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
  private static final long VERSION = 0xF;
  private static final long LAST_PERIOD = 0xFFFF_FFFFL;

  private static final Map<Rollup, Integer> WORDS = new EnumMap<>(Rollup.class);

  static {
    for (Rollup rollup : Rollup.values()) {
      WORDS.put(rollup, word(rollup, rollup.leadingKeys().size()) + 1);
    }
  }

  private final FlowColumn[] leading;
  private final boolean keepsVersion;
  private final int words;

  RollupKey(Rollup rollup, FlowBatch batch) {
    this.leading = rollup.leadingKeys().stream().map(batch::column).toArray(FlowColumn[]::new);
    this.keepsVersion = rollup.keepsVersion();
    this.words = words(rollup);
  }

  /** How many longs a key of this rollup has. */
  static int words(Rollup rollup) {
    return WORDS.get(rollup);
  }

  private static int words(FlowField field) {
    return field.type() == FlowType.ADDRESS ? 2 : 1;
  }

  /** The word at which the value of a leading key begins. */
  static int word(Rollup rollup, int leadingKey) {
    return rollup.leadingKeys().stream().limit(leadingKey).mapToInt(RollupKey::words).sum();
  }

  /**
   * Writes the keys of flows from..to for rollups per day, one after another.
   *
   * @param tails what {@link #readTails} gives for these flows
   */
  void read(int from, int to, long[] tails, long[] keys) {
    int tail = words - 1;
    for (int i = 0; i < to - from; i++) {
      keys[i * words + tail] = keepsVersion ? tails[i] : withoutVersion(tails[i]);
    }
    int word = 0;
    for (int i = 0; i < leading.length; i++) {
      FlowColumn column = leading[i];
      if (column.hasNulls()) {
        for (int row = from; row < to; row++) {
          if (column.isNull(row)) {
            keys[(row - from) * words + tail] |= 1L << ABSENT_SHIFT + i;
          }
        }
      }
      readLeading(column, from, to, keys, word);
      word += words(column.field());
    }
  }

  private void readLeading(FlowColumn column, int from, int to, long[] keys, int word) {
    boolean hasNulls = column.hasNulls();
    int at = word;
    for (int row = from; row < to; row++, at += words) {
      boolean isAbsent = hasNulls && column.isNull(row);
      switch (column.field().type()) {
        case ADDRESS -> {
          keys[at] = isAbsent ? 0 : column.addressHigh(row);
          keys[at + 1] = isAbsent ? 0 : column.addressLow(row);
        }
        case INT -> keys[at] = isAbsent ? 0 : column.intAt(row);
        default -> keys[at] = isAbsent ? 0 : column.longAt(row);
      }
    }
  }

  /** Writes the last words of the keys of flows from..to, per day and with IP versions. */
  static void readTails(FlowBatch batch, int from, int to, long[] tails) {
    FlowColumn version = batch.column(FlowField.IP_VERSION);
    FlowColumn proto = batch.column(FlowField.PROTO);
    FlowColumn first = batch.column(FlowField.FIRST_SEEN);
    FlowColumn last = batch.column(FlowField.LAST_SEEN);
    for (int row = from; row < to; row++) {
      long tail = proto.isNull(row) ? NO_PROTO : (long) proto.intAt(row) << PROTO_SHIFT;
      tail |= version.isNull(row) ? NO_VERSION : (long) version.intAt(row) << VERSION_SHIFT;
      tail |= last.isNull(row) ? NO_LAST : day(last.longAt(row)) & LAST_PERIOD;
      if (!first.isNull(row) && first.longAt(row) % MICROS_PER_DAY == 0) {
        tail |= AT_START;
      }
      tails[row - from] = tail;
    }
  }

  private static long withoutVersion(long tail) {
    return tail & ~(VERSION << VERSION_SHIFT) | NO_VERSION;
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
    return (int) (tail >>> VERSION_SHIFT & VERSION);
  }

  private static long day(long micros) {
    return Math.floorDiv(micros, MICROS_PER_DAY);
  }
}
