package org.flowlake.jobs.scan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.flowlake.converters.flow.FlowField;

/**
 * A range of destination addresses, 16 bytes each, compared unsigned. Flows without address belong
 * to the range without lower end.
 *
 * @param from the first address; null for no lower end
 * @param below the first address above; null for no upper end
 */
record AddressRange(byte[] from, byte[] below) implements Serializable {
  /** The condition of the flows inside; empty where these are all. */
  Optional<Column> condition() {
    Column address = col(FlowField.DST_ADDR.column());
    Optional<Column> above = Optional.ofNullable(from).map(first -> address.geq(lit(first)));
    Optional<Column> under =
        Optional.ofNullable(below)
            .map(end -> address.lt(lit(end)))
            .map(condition -> from == null ? condition.or(address.isNull()) : condition);
    return above.isPresent() && under.isPresent()
        ? Optional.of(above.get().and(under.get()))
        : above.or(() -> under);
  }

  /** The ranges that these addresses part, ascending: one more than cuts. */
  static List<AddressRange> between(List<byte[]> cuts) {
    List<AddressRange> ranges = new ArrayList<>();
    byte[] from = null;
    for (byte[] cut : cuts) {
      ranges.add(new AddressRange(from, cut));
      from = cut;
    }
    ranges.add(new AddressRange(from, null));
    return ranges;
  }

  boolean holds(byte[] address) {
    return address == null
        ? from == null
        : (from == null || Arrays.compareUnsigned(address, from) >= 0)
            && (below == null || Arrays.compareUnsigned(address, below) < 0);
  }
}
