package org.flowlake.jobs.scan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of places in the order of a lake's files.
 *
 * @param from the first place
 * @param below the first place above; null for no upper end
 */
record PlaceRange(Place from, Place below) implements Serializable {
  /** All places. */
  static final PlaceRange ALL = new PlaceRange(Place.LOWEST, null);

  /** The ranges that these places part, ascending: one more than cuts. */
  static List<PlaceRange> between(List<Place> cuts) {
    List<PlaceRange> ranges = new ArrayList<>();
    Place from = Place.LOWEST;
    for (Place cut : cuts) {
      ranges.add(new PlaceRange(from, cut));
      from = cut;
    }
    ranges.add(new PlaceRange(from, null));
    return ranges;
  }

  /** Whether some flows of a destination are inside and others are not. */
  boolean partsDestinations() {
    return from.isInsideDestination() || below != null && below.isInsideDestination();
  }

  boolean holds(Place place) {
    return from.compareTo(place) <= 0 && (below == null || below.compareTo(place) > 0);
  }

  /** Whether a place from the first to the last of these lies inside. */
  boolean meets(Place first, Place last) {
    return from.compareTo(last) <= 0 && (below == null || below.compareTo(first) > 0);
  }
}
