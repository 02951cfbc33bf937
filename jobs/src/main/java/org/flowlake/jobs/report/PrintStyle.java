package org.flowlake.jobs.report;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How values are written in one report.
 *
 * @param scale numbers for people or plain
 * @param addresses short or full IPv6 addresses
 * @param zone the zone of printed times
 */
public record PrintStyle(ValueScale scale, AddressWidth addresses, ZoneId zone) {
  /** nfdump's defaults, in UTC. */
  public static final PrintStyle DEFAULT =
      new PrintStyle(ValueScale.SCALED, AddressWidth.SHORT, ZoneOffset.UTC);

  public PrintStyle withScale(ValueScale other) {
    return new PrintStyle(other, addresses, zone);
  }

  public PrintStyle withAddresses(AddressWidth other) {
    return new PrintStyle(scale, other, zone);
  }

  public PrintStyle withZone(ZoneId other) {
    return new PrintStyle(scale, addresses, other);
  }
}
