package org.flowlake.jobs.derive;

import java.util.Optional;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.ip.IpAddress;

/** The IP version of an address: that of the record where it says one, else told from the bytes. */
final class AddressVersion {
  private AddressVersion() {}

  /** The column that says it. */
  static Optional<FlowField> column(FlowField address) {
    return switch (address) {
      case SRC_ADDR, DST_ADDR -> Optional.of(FlowField.IP_VERSION);
      case TUN_SRC_ADDR, TUN_DST_ADDR -> Optional.of(FlowField.TUN_IP_VERSION);
      default -> Optional.empty();
    };
  }

  /** 4 or 6; empty where the flow does not have the address. */
  static Optional<Integer> of(FlowFields flow, FlowField address) {
    if (!flow.has(address)) {
      return Optional.empty();
    }
    Optional<FlowField> column = column(address);
    if (column.isEmpty()) {
      return Optional.of(IpAddress.isMappedIpv4(flow.bytes(address)) ? 4 : 6);
    }
    return column.filter(flow::has).map(field -> (int) flow.number(field));
  }
}
