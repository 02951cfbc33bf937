package org.flowlake.jobs.report;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.flowlake.jobs.derive.GeoFiles;

/**
 * How values are written in one report.
 *
 * @param scale numbers for people or plain
 * @param addresses short or full IPv6 addresses
 * @param zone the zone of printed times
 * @param idents names of the raw files' collectors
 * @param geo where addresses are looked up
 */
public record PrintStyle(
    ValueScale scale, AddressWidth addresses, ZoneId zone, SourceIdents idents, GeoFiles geo) {
  /** nfdump's defaults, in UTC. */
  public static final PrintStyle DEFAULT =
      new PrintStyle(
          ValueScale.SCALED,
          AddressWidth.SHORT,
          ZoneOffset.UTC,
          SourceIdents.UNKNOWN,
          GeoFiles.NONE);

  public PrintStyle withScale(ValueScale other) {
    return new PrintStyle(other, addresses, zone, idents, geo);
  }

  public PrintStyle withAddresses(AddressWidth other) {
    return new PrintStyle(scale, other, zone, idents, geo);
  }

  public PrintStyle withZone(ZoneId other) {
    return new PrintStyle(scale, addresses, other, idents, geo);
  }

  public PrintStyle withIdents(SourceIdents other) {
    return new PrintStyle(scale, addresses, zone, other, geo);
  }

  public PrintStyle withGeo(GeoFiles other) {
    return new PrintStyle(scale, addresses, zone, idents, other);
  }
}
