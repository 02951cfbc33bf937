package org.flowlake.jobs.rollup;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.converters.rollup.RollupBatch;
import org.flowlake.converters.rollup.RollupSums;
import org.flowlake.jobs.filter.FilterInterpreter;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.stat.EntryRow;
import org.flowlake.jobs.stat.TopNStatistic;
import org.flowlake.jobs.stat.TopNStatistic.ProtocolSplit;

/**
 * Which entry of a statistic a row counts for, as three longs: the value of one of its fields, an
 * address in two of them, and a last word with the protocol where protocols are kept apart. {@code
 * TopNJob} makes the same entries as Spark columns.
 */
final class EntryKey implements RollupSums.Rows {
  static final int WORDS = 3;

  /** In the last word of a row without the field, which no table shows. */
  private static final long ABSENT = 1L << 32;

  private static final int IPV6 = 6;
  private static final long LAST_32_BITS = 0xFFFF_FFFFL;
  private static final long MAPPED = 0x0000_FFFF_0000_0000L;

  private final FlowField field;
  private final PeriodRows inside;
  private final boolean splits;
  private final Optional<FilterInterpreter> filter;
  private final Set<FlowField> fields;

  EntryKey(
      TopNStatistic statistic, FlowField field, Optional<FlowFilter> filter, PeriodRows inside) {
    this.field = field;
    this.inside = inside;
    this.splits = statistic.split() == ProtocolSplit.APART;
    this.filter = filter.map(asked -> new FilterInterpreter(asked.bound()));
    this.fields = EnumSet.of(field);
    if (splits) {
      fields.add(FlowField.PROTO);
    }
    filter.ifPresent(asked -> fields.addAll(asked.storedFields().orElseThrow()));
    if (isOfHosts()) {
      fields.add(FlowField.IP_VERSION);
    }
  }

  private boolean isOfHosts() {
    return field == FlowField.SRC_ADDR || field == FlowField.DST_ADDR;
  }

  @Override
  public Set<FlowField> fields() {
    return fields;
  }

  @Override
  public boolean count(RollupBatch rows, int row, Integer date) {
    return inside.have(
            date, time(rows, FlowField.FIRST_SEEN, row), time(rows, FlowField.LAST_SEEN, row))
        && (filter.isEmpty() || filter.get().matches(new BatchFlow(rows, row)));
  }

  private static long time(RollupBatch rows, FlowField field, int row) {
    return rows.isAbsent(field, row) ? PeriodRows.NO_TIME : rows.number(field, row);
  }

  @Override
  public void key(RollupBatch rows, int row, long[] key) {
    boolean absent = rows.isAbsent(field, row);
    key[0] = 0;
    key[1] = 0;
    if (field.type() == FlowType.ADDRESS) {
      if (!absent) {
        readAddress(rows, row, key);
      }
    } else {
      // A number that is absent counts as 0.
      key[1] = rows.number(field, row);
    }
    key[2] = field.type() == FlowType.ADDRESS && absent ? ABSENT : 0;
    if (splits) {
      key[2] |= rows.number(FlowField.PROTO, row);
    }
  }

  /** nfdump counts the IPv6 addresses of ::/96 for the IPv4 addresses of the same number. */
  private void readAddress(RollupBatch rows, int row, long[] key) {
    key[0] = rows.addressHigh(field, row);
    key[1] = rows.addressLow(field, row);
    boolean embedded =
        isOfHosts()
            && key[0] == 0
            && (key[1] & ~LAST_32_BITS) == 0
            && rows.number(FlowField.IP_VERSION, row) == IPV6;
    if (embedded) {
      key[1] |= MAPPED;
    }
  }

  /** Writes the key of a group into a row of the statistic. */
  static void write(RollupSums.Cursor group, TopNStatistic statistic, int index, EntryRow row) {
    long last = group.key(2);
    int proto = (int) last;
    if ((last & ABSENT) != 0) {
      row.setKey(index, proto);
    } else if (statistic.element().fields().get(0).type() == FlowType.ADDRESS) {
      byte[] address =
          ByteBuffer.allocate(FlowColumn.ADDRESS_BYTES)
              .putLong(group.key(0))
              .putLong(group.key(1))
              .array();
      row.setKey(index, address, proto);
    } else {
      row.setKey(index, group.key(1), proto);
    }
  }
}
