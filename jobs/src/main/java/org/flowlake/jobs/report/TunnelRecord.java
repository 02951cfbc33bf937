package org.flowlake.jobs.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.flowlake.converters.flow.FlowField;

/**
 * The outer header of a tunnelled flow as a flow of its own: tunnel addresses and protocol, times
 * and counters of the flow, nothing else. nfdump 1.7 lists it before the flow.
 */
final class TunnelRecord implements FlowRecord {
  /** What tells whether a flow is tunnelled, and how. */
  static final List<FlowField> FIELDS =
      List.of(
          FlowField.TUN_IP_VERSION,
          FlowField.TUN_SRC_ADDR,
          FlowField.TUN_DST_ADDR,
          FlowField.TUN_PROTO);

  private static final Set<FlowField> NOTHING = EnumSet.noneOf(FlowField.class);
  private static final Set<FlowField> PORTS = EnumSet.of(FlowField.SRC_PORT, FlowField.DST_PORT);

  private final FlowRecord flow;
  private final Set<FlowField> kept;

  private TunnelRecord(FlowRecord flow, Set<FlowField> kept) {
    this.flow = flow;
    this.kept = kept;
  }

  /** As lines show it: no ports. */
  static TunnelRecord ofLine(FlowRecord flow) {
    return new TunnelRecord(flow, NOTHING);
  }

  /** As CSV shows it: with the ports of the flow inside. */
  static TunnelRecord ofCsv(FlowRecord flow) {
    return new TunnelRecord(flow, PORTS);
  }

  static boolean isTunnelled(FlowRecord flow) {
    return flow.has(FlowField.TUN_SRC_ADDR);
  }

  @Override
  public boolean has(FlowField field) {
    FlowField source = source(field);
    return source != null && flow.has(source);
  }

  @Override
  public long number(FlowField field) {
    FlowField source = source(field);
    return source == null ? 0 : flow.number(source);
  }

  @Override
  public byte[] bytes(FlowField field) {
    FlowField source = source(field);
    return source == null ? null : flow.bytes(source);
  }

  @Override
  public String text(FlowField field) {
    return null;
  }

  @Override
  public long position() {
    return flow.position();
  }

  private FlowField source(FlowField field) {
    return switch (field) {
      case IP_VERSION -> FlowField.TUN_IP_VERSION;
      case SRC_ADDR -> FlowField.TUN_SRC_ADDR;
      case DST_ADDR -> FlowField.TUN_DST_ADDR;
      case PROTO -> FlowField.TUN_PROTO;
      case FIRST_SEEN, LAST_SEEN, RECEIVED, TCP_FLAGS, FWD_STATUS, SRC_TOS, IN_PACKETS, IN_BYTES ->
          field;
      default -> kept.contains(field) ? field : null;
    };
  }
}
