package org.flowlake.jobs.report;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How values are written in one report.
 *
 * @param scale numbers for people or plain
 * @param addresses short or full IPv6 addresses
 * @param zone the zone of printed times
 * @param idents names of the raw files' collectors
 */
public record PrintStyle(
    ValueScale scale, AddressWidth addresses, ZoneId zone, SourceIdents idents) {
  /** nfdump's defaults, in UTC. */
  public static final PrintStyle DEFAULT =
      new PrintStyle(ValueScale.SCALED, AddressWidth.SHORT, ZoneOffset.UTC, SourceIdents.UNKNOWN);

  public PrintStyle withScale(ValueScale other) {
    return new PrintStyle(other, addresses, zone, idents);
  }

  public PrintStyle withAddresses(AddressWidth other) {
    return new PrintStyle(scale, other, zone, idents);
  }

  public PrintStyle withZone(ZoneId other) {
    return new PrintStyle(scale, addresses, other, idents);
  }

  public PrintStyle withIdents(SourceIdents other) {
    return new PrintStyle(scale, addresses, zone, other);
  }
}
