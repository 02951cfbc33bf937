package org.flowlake.converters.rollup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flowlake.converters.flow.FlowField;

/**
 * What flows are summed by. Every rollup also keeps protocols apart, and those of addresses IP
 * versions, which filters and statistics ask for; the rows of a rollup have the columns of flows,
 * and one row stands for all flows of its keys.
 */
public enum Rollup {
  PROTOCOL(Size.ALWAYS_SMALL),
  EXPORTER(Size.ALWAYS_SMALL, FlowField.EXPORTER_ADDR),
  INPUT_IF(Size.ALWAYS_SMALL, FlowField.INPUT_IF),
  OUTPUT_IF(Size.ALWAYS_SMALL, FlowField.OUTPUT_IF),
  SRC_AS(Size.ALWAYS_SMALL, FlowField.SRC_AS),
  DST_AS(Size.ALWAYS_SMALL, FlowField.DST_AS),
  SRC_PORT(Size.ALWAYS_SMALL, FlowField.SRC_PORT),
  DST_PORT(Size.ALWAYS_SMALL, FlowField.DST_PORT),
  SRC_HOST(Size.ALWAYS_SMALL, FlowField.SRC_ADDR),
  DST_HOST(Size.ALWAYS_SMALL, FlowField.DST_ADDR),
  /** Can have nearly as many rows as there are flows, and is then not kept. */
  CONVERSATION(Size.MAY_BE_LARGE, FlowField.SRC_ADDR, FlowField.DST_ADDR, FlowField.DST_PORT);

  /** Whether a rollup is kept whatever it costs. */
  private enum Size {
    ALWAYS_SMALL,
    MAY_BE_LARGE
  }

  private final Size size;
  private final List<FlowField> leading;

  Rollup(Size size, FlowField... leading) {
    this.size = size;
    this.leading = List.of(leading);
  }

  /** The keys that the rows are sorted by, without IP version and protocol. */
  public List<FlowField> leadingKeys() {
    return leading;
  }

  /** All fields that two flows of one row have in common. */
  public List<FlowField> keys() {
    List<FlowField> keys = new ArrayList<>(leading);
    if (keepsVersion()) {
      keys.add(FlowField.IP_VERSION);
    }
    keys.add(FlowField.PROTO);
    return keys;
  }

  /** An address has its version; ports would have nearly twice as many rows with it. */
  boolean keepsVersion() {
    return this == PROTOCOL
        || leading.contains(FlowField.SRC_ADDR)
        || leading.contains(FlowField.DST_ADDR);
  }

  boolean mayBeLarge() {
    return size == Size.MAY_BE_LARGE;
  }

  /** Its name in texts and in the lake, such as {@code dst_host}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
