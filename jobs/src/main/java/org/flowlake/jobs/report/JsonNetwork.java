package org.flowlake.jobs.report;

import java.nio.ByteBuffer;
import org.flowlake.converters.flow.FlowField;

/**
 * The members {@code src_net} and {@code dst_net} of nfdump's JSON: empty where the record has no
 * mask; else the address under it.
 *
 * <p>IPv6 is masked as 1.7.8 does it, which is right for prefixes of 64 bits only; the tokens
 * {@code %sn} and {@code %dn} mask all of them right.
 */
final class JsonNetwork {
  private static final long IPV4_BITS = 0xFFFFFFFFL;
  private static final int IPV4_OFFSET = 12;
  private static final int HALF = 64;

  private JsonNetwork() {}

  static String text(FlowRecord flow, FlowField address, FlowField mask) {
    boolean masked = flow.number(FlowField.SRC_MASK) != 0 || flow.number(FlowField.DST_MASK) != 0;
    byte[] bytes = flow.bytes(address);
    if (!masked || bytes == null) {
      return "";
    }
    int bits = (int) flow.number(mask);
    ByteBuffer network = ByteBuffer.wrap(bytes.clone());
    if (flow.ipVersion() == 4) {
      int kept = (int) (IPV4_BITS << (32 - bits));
      network.putInt(IPV4_OFFSET, network.getInt(IPV4_OFFSET) & kept);
    } else if (bits >= HALF) {
      network.putLong(0, network.getLong(0) & -1L << (bits - HALF));
      network.putLong(Long.BYTES, 0);
    } else {
      network.putLong(Long.BYTES, network.getLong(Long.BYTES) & -1L << bits);
    }
    return AddressWidth.LONG.text(network.array(), flow.ipVersion());
  }
}
