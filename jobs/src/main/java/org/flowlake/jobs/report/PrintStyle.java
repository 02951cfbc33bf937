package org.flowlake.jobs.report;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.flowlake.jobs.derive.GeoFiles;
import org.flowlake.jobs.rows.ExtraColumn;

/**
 * How values are written in one report.
 *
 * @param scale numbers for people or plain
 * @param addresses short or full IPv6 addresses
 * @param zone the zone of printed times
 * @param idents names of the raw files' collectors
 * @param names of the numbers that flows carry
 * @param geo where addresses are looked up
 * @param extras columns beyond those of the output format, see {@link FlowRecord#extra}
 */
public record PrintStyle(
    ValueScale scale,
    AddressWidth addresses,
    ZoneId zone,
    SourceIdents idents,
    NumberNames names,
    GeoFiles geo,
    List<ExtraColumn> extras) {
  /** nfdump's defaults, in UTC. */
  public static final PrintStyle DEFAULT =
      new PrintStyle(
          ValueScale.SCALED,
          AddressWidth.SHORT,
          ZoneOffset.UTC,
          SourceIdents.UNKNOWN,
          NumberNames.NONE,
          GeoFiles.NONE,
          List.of());

  public PrintStyle {
    extras = List.copyOf(extras);
  }

  public PrintStyle withScale(ValueScale other) {
    return new PrintStyle(other, addresses, zone, idents, names, geo, extras);
  }

  public PrintStyle withAddresses(AddressWidth other) {
    return new PrintStyle(scale, other, zone, idents, names, geo, extras);
  }

  public PrintStyle withZone(ZoneId other) {
    return new PrintStyle(scale, addresses, other, idents, names, geo, extras);
  }

  public PrintStyle withIdents(SourceIdents other) {
    return new PrintStyle(scale, addresses, zone, other, names, geo, extras);
  }

  public PrintStyle withNames(NumberNames other) {
    return new PrintStyle(scale, addresses, zone, idents, other, geo, extras);
  }

  public PrintStyle withGeo(GeoFiles other) {
    return new PrintStyle(scale, addresses, zone, idents, names, other, extras);
  }

  public PrintStyle withExtras(List<ExtraColumn> others) {
    return new PrintStyle(scale, addresses, zone, idents, names, geo, others);
  }
}
