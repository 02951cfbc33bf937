package org.flowlake.converters.nfcapd;

import java.io.Serializable;
import java.util.HexFormat;

/**
 * A name that an exporter told its collector for a number that its flows carry.
 *
 * @param kind what the number stands for
 * @param id the number: decimal, of an application its bytes in lower-case hexadecimal
 * @param name as the exporter told it; of an application with {@code /description} if it has one
 */
public record CollectorName(Kind kind, String id, String name) implements Serializable {
  /** What numbers stand for. */
  public enum Kind {
    /** {@code input_if} and {@code output_if}. */
    INTERFACE,
    /** {@code ingress_vrf} and {@code egress_vrf}. */
    VRF,
    /** {@code application_id}. */
    APPLICATION
  }

  /** The id of an application, as {@link #id} has it. */
  public static String applicationId(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
