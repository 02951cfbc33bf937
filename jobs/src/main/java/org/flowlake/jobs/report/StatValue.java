package org.flowlake.jobs.report;

import java.nio.charset.StandardCharsets;
import org.flowlake.jobs.derive.GeoFiles;
import org.flowlake.jobs.stat.ElementKind;
import org.flowlake.jobs.stat.StatEntry;
import org.flowlake.udfs.flow.MacAddress;
import org.flowlake.udfs.flow.TcpFlags;
import org.flowlake.udfs.ip.IpAddress;

/** The value column of a statistic. */
public final class StatValue {
  private StatValue() {}

  /**
   * The value as tables of jobs hold it: in full, by name, without padding.
   *
   * @param geo who runs an AS
   */
  public static String plain(ElementKind kind, StatEntry entry, GeoFiles geo) {
    PrintStyle style = PrintStyle.DEFAULT.withGeo(geo);
    return text(kind, entry, AddressWidth.LONG, style).trim();
  }

  static String text(ElementKind kind, StatEntry entry, AddressWidth width, PrintStyle style) {
    ValueScale scale = style.scale();
    long number = entry.number();
    return switch (kind) {
      case NUMBER -> Long.toString(number);
      case ADDRESS -> width.text(entry.bytes(), IpAddress.isMappedIpv4(entry.bytes()) ? 4 : 6);
      case ORGANISATION -> organisation(number, style.geo());
      case JA3, JA4, COUNTRY -> new String(entry.bytes(), StandardCharsets.UTF_8);
      case APPLICATION -> EventCells.application(entry.bytes(), 2);
      case FLAGS ->
          scale == ValueScale.PLAIN ? "0x" + Long.toHexString(number) : TcpFlags.text((int) number);
      case MAC -> MacAddress.text(number);
      case MPLS -> Cells.mplsText(number);
      case LATENCY -> "      " + Padding.right(ValueScale.seconds(number), 9);
      case HEX -> "0x" + Long.toHexString(number);
      case EVENT -> "      " + Padding.right(event(number), 6);
    };
  }

  private static String organisation(long system, GeoFiles geo) {
    String name =
        geo.isEmpty() ? "unknown" : geo.database().asOrganization(system).orElse("not found");
    StringBuilder text = new StringBuilder(Padding.right(name, 45));
    return Padding.left(text, system == 0 ? "" : " AS" + system, 54 - text.length()).toString();
  }

  /** The country of an address in a statistic, where there is a database. */
  static String country(StatEntry entry, GeoFiles geo) {
    int version = IpAddress.isMappedIpv4(entry.bytes()) ? 4 : 6;
    return geo.database().country(entry.bytes(), version);
  }

  /** nfdump's own words here, for NAT events too. */
  private static String event(long number) {
    if (number == 0) {
      return "ignore";
    } else if (number == 1) {
      return "CREATE";
    } else if (number == 2) {
      return "DELETE";
    }
    return number == 3 ? "DENIED" : "UNKNOWN";
  }
}
