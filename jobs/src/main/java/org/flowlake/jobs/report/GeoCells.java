package org.flowlake.jobs.report;

import java.util.Optional;
import java.util.function.BiFunction;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.derive.CountryText;
import org.flowlake.udfs.geo.GeoDatabase;

/** Cells of what databases know of the flow's addresses. */
final class GeoCells {
  private static final String NO_PLACE = "no location info";
  private static final int ORGANIZATION_WIDTH = 30;

  private GeoCells() {}

  /** Two letters, or two dots. */
  static TokenCell country(FlowField address) {
    return TokenCell.right(
        0, (flow, context) -> country(flow, address, context), FlowField.IP_VERSION, address);
  }

  /** {@code address(CC)}. */
  static TokenCell addressCountry(FlowField address, TokenCell plain) {
    return new TokenCell(
        plain.fields(),
        (flow, context, out) -> {
          plain.line().write(flow, context, out);
          out.append('(').append(country(flow, address, context)).append(')');
        },
        plain.csv());
  }

  /** {@code address(CC):port}: the country is put before the separator of a cell without it. */
  static TokenCell addressCountryPort(FlowField address, TokenCell plain) {
    return new TokenCell(
        plain.fields(),
        (flow, context, out) -> {
          int start = out.length();
          plain.line().write(flow, context, out);
          out.insert(
              start + context.addresses.columns(), '(' + country(flow, address, context) + ')');
        },
        null);
  }

  private static String country(FlowRecord flow, FlowField address, CellContext context) {
    String found = context.geo.isEmpty() ? null : new CountryText(address, context.geo).text(flow);
    return found == null ? GeoDatabase.UNKNOWN_COUNTRY : found;
  }

  /** Where the address is. */
  static TokenCell place(FlowField address) {
    return TokenCell.both(
        (flow, context) -> placeOr('<' + NO_PLACE + '>', flow, address, context),
        (flow, context) -> placeOr(NO_PLACE, flow, address, context),
        FlowField.IP_VERSION,
        address);
  }

  /** Where the address is; the empty text where that is not known. */
  static String place(FlowRecord flow, FlowField address, CellContext context) {
    return placeOr("", flow, address, context);
  }

  private static String placeOr(
      String unknown, FlowRecord flow, FlowField address, CellContext context) {
    return found(flow, address, context, (database, at) -> database.place(at, flow.ipVersion()))
        .orElse(unknown);
  }

  /** Who runs the autonomous system of the address. */
  static TokenCell organization(FlowField address) {
    return TokenCell.both(
        (flow, context) -> {
          String name = organization(flow, address, context).orElse("none");
          return Padding.right(
              name.substring(0, Math.min(name.length(), ORGANIZATION_WIDTH)), ORGANIZATION_WIDTH);
        },
        (flow, context) -> organization(flow, address, context).orElse(""),
        FlowField.IP_VERSION,
        address);
  }

  private static Optional<String> organization(
      FlowRecord flow, FlowField address, CellContext context) {
    return found(
        flow, address, context, (database, at) -> database.asOrganization(at, flow.ipVersion()));
  }

  private static Optional<String> found(
      FlowRecord flow,
      FlowField address,
      CellContext context,
      BiFunction<GeoDatabase, byte[], Optional<String>> lookup) {
    return context.geo.isEmpty() || !flow.has(address)
        ? Optional.empty()
        : lookup.apply(context.geo.database(), flow.bytes(address));
  }
}
