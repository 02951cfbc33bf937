package org.flowlake.jobs.stat;

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
  EVENT;

  /** Whether a flow without the field counts as 0; otherwise it is left out of the table. */
  boolean countsAbsentAsZero() {
    return this == NUMBER;
  }
}
