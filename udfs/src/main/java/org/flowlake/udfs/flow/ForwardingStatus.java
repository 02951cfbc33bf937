package org.flowlake.udfs.flow;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** Forwarding status bytes (RFC 7270, 4.12) under nfdump's words for them. */
public enum ForwardingStatus {
  UNKNOWN(0, "Ukwn", "unknown"),
  FORWARDED(1, "Forw", "forwarded"),
  FORWARDED_FRAGMENTED(2, "Frag", "forwarded in fragments"),
  DROPPED(16, "Drop", "dropped"),
  DROPPED_ACL_DENY(17, "DaclD", "dropped: an access list denied it"),
  DROPPED_ACL_DROP(18, "Daclp", "dropped: an access list drops it"),
  DROPPED_UNROUTABLE(19, "Noroute", "dropped: no route"),
  DROPPED_ADJACENCY(20, "Dadj", "dropped: adjacency"),
  DROPPED_DONT_FRAGMENT(21, "Dfrag", "dropped: too long and not to be fragmented"),
  DROPPED_BAD_CHECKSUM(22, "Dbadh", "dropped: bad header checksum"),
  DROPPED_BAD_TOTAL_LENGTH(23, "Dbadtlen", "dropped: bad total length"),
  DROPPED_BAD_HEADER_LENGTH(24, "Dbadhlen", "dropped: bad header length"),
  DROPPED_BAD_TTL(25, "DbadTTL", "dropped: bad TTL"),
  DROPPED_POLICER(26, "Dpolicy", "dropped: policer"),
  DROPPED_WRED(27, "Dwred", "dropped: weighted random early detection"),
  DROPPED_RPF(28, "Drpf", "dropped: reverse path check"),
  DROPPED_FOR_US(29, "Dforus", "dropped: addressed to the router"),
  DROPPED_BAD_OUTPUT_INTERFACE(30, "DbadOf", "dropped: bad output interface"),
  DROPPED_HARDWARE(31, "Dhw", "dropped: hardware"),
  CONSUMED(128, "Term", "ended at the router"),
  CONSUMED_PUNT_ADJACENCY(129, "Tadj", "ended at the router: punt adjacency"),
  CONSUMED_INCOMPLETE_ADJACENCY(130, "TincAdj", "ended at the router: incomplete adjacency"),
  CONSUMED_FOR_US(131, "Tforus", "ended at the router: addressed to it");

  private final int code;
  private final String word;
  private final String description;

  ForwardingStatus(int code, String word, String description) {
    this.code = code;
    this.word = word;
    this.description = description;
  }

  /** The byte in the flow. */
  public int code() {
    return code;
  }

  /** nfdump's word, which {@code fwdstat} takes. */
  public String word() {
    return word;
  }

  public String description() {
    return description;
  }

  /** The status of this byte, empty if the table has none. */
  public static Optional<ForwardingStatus> ofCode(int code) {
    return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
  }

  /** The byte that this word, in either case and whole, stands for; empty if none. */
  public static OptionalInt code(String word) {
    return Arrays.stream(values())
        .filter(status -> status.word.equalsIgnoreCase(word))
        .mapToInt(ForwardingStatus::code)
        .findFirst();
  }
}
