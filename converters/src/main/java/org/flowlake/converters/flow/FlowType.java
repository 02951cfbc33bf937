package org.flowlake.converters.flow;

/** How one flow field is held in memory and in the lake. */
public enum FlowType {
  /** Unsigned number of at most 31 bits: ports, protocol numbers, flags, masks. */
  INT,
  /**
   * Number of up to 64 bits: counters, and ids whose 32 bits are unsigned (AS, interface, VLAN).
   */
  LONG,
  /** Point in time: microseconds since 1970-01-01 UTC. */
  TIMESTAMP,
  /** IP address: 16 bytes in network order, IPv4 as {@code ::ffff:a.b.c.d} (RFC 4291, 2.5.5.2). */
  ADDRESS,
  /** Text, UTF-8. */
  TEXT,
  /** Bytes of any length: payloads, frames, application ids. */
  BYTES
}
