package org.flowlake.jobs.filter;

import java.util.Optional;
import org.flowlake.converters.flow.FlowField;

/** Which column says whether an address is IPv4 or IPv6. */
final class AddressFamily {
  private AddressFamily() {}

  /** The version column of an address column; empty where only the bytes can tell. */
  static Optional<FlowField> versionOf(FlowField address) {
    return switch (address) {
      case SRC_ADDR, DST_ADDR -> Optional.of(FlowField.IP_VERSION);
      case TUN_SRC_ADDR, TUN_DST_ADDR -> Optional.of(FlowField.TUN_IP_VERSION);
      default -> Optional.empty();
    };
  }
}
