package org.flowlake.jobs.report;

import java.time.ZoneOffset;
import org.flowlake.jobs.derive.GeoFiles;

/** What the cells of one printer share. Not for several threads. */
final class CellContext {
  final ValueScale scale;
  final AddressWidth addresses;
  final DisplayTime local;
  final SourceIdents idents;
  final NumberNames names;
  final GeoFiles geo;
  final DisplayTime utc = new DisplayTime(ZoneOffset.UTC);

  CellContext(PrintStyle style) {
    this.scale = style.scale();
    this.addresses = style.addresses();
    this.local = new DisplayTime(style.zone());
    this.idents = style.idents();
    this.names = style.names();
    this.geo = style.geo();
  }
}
