package org.flowlake.jobs.stat;

import java.util.Optional;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.derive.Derivation;
import org.flowlake.jobs.derive.TlsText;

/** What the values of an element are, which decides how they are printed and what absence means. */
public enum ElementKind {
  /** Whole number; a flow without the field counts as 0. */
  NUMBER,
  /** Address; a flow without the field is left out. */
  ADDRESS,
  /** TCP flags byte. */
  FLAGS,
  /** MAC address. */
  MAC,
  /** MPLS label stack entry. */
  MPLS,
  /** Microseconds, printed as milliseconds. */
  LATENCY,
  /** Number, printed in hexadecimal. */
  HEX,
  /** Firewall or NAT event, printed by name. */
  EVENT,
  /** Fingerprint of the TLS hello in a payload. */
  JA3,
  /** The same, of a client only. */
  JA4,
  /** Country of an address. */
  COUNTRY,
  /** Id of an application; a flow without it is left out. */
  APPLICATION,
  /** AS, printed with who runs it; a flow without the field counts as 0. */
  ORGANISATION;

  /** Whether a flow without the field counts as 0; otherwise it is left out of the table. */
  boolean countsAbsentAsZero() {
    return this == NUMBER || this == ORGANISATION;
  }

  /** The text that is counted in the place of the field itself; empty where that is counted. */
  Optional<Derivation> derivation(FlowField field) {
    return switch (this) {
      case JA3 -> Optional.of(new TlsText(field, TlsText.Part.JA3));
      case JA4 -> Optional.of(new TlsText(field, TlsText.Part.JA4));
      default -> Optional.empty();
    };
  }
}
