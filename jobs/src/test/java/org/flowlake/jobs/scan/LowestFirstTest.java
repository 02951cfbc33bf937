package org.flowlake.jobs.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.flowlake.jobs.Draws;
import org.flowlake.jobs.groups.PackedGroups;
import org.junit.jupiter.api.Test;

/** Streams beside a sorted list of all their places. */
class LowestFirstTest {
  private static final int LISTS = Draws.of(300);

  private final Random random = new Random(11);

  /** A place of a stream. */
  private record Standing(Place place, int stream) {}

  /** A stream of places alone. */
  private static final class Places extends SortedStream {
    private final List<Place> places;
    private int next;

    Places(List<Place> places) {
      this.places = places;
    }

    @Override
    boolean advance() {
      if (next == places.size()) {
        return false;
      }
      Place place = places.get(next++);
      return moveTo(place.dstHigh(), place.dstLow(), place.srcHigh(), place.srcLow());
    }

    @Override
    boolean addTo(PackedGroups groups) {
      throw new UnsupportedOperationException("Places have no flows");
    }
  }

  @Test
  void placesComeInOrderAndOfEqualOnesTheFirstStreamFirst() {
    for (int i = 0; i < LISTS; i++) {
      List<Places> streams = new ArrayList<>();
      List<Standing> all = new ArrayList<>();
      for (int stream = 0; stream < i % 40; stream++) {
        List<Place> places = places(1 + random.nextInt(30));
        for (Place place : places) {
          all.add(new Standing(place, stream));
        }
        Places opened = new Places(places);
        opened.advance();
        streams.add(opened);
      }
      all.sort(Comparator.comparing(Standing::place).thenComparing(Standing::stream));

      assertThat(inOrder(streams)).isEqualTo(all);
    }
  }

  private static List<Standing> inOrder(List<Places> streams) {
    LowestFirst tree = new LowestFirst(streams);
    List<Standing> found = new ArrayList<>();
    for (SortedStream lowest = tree.lowest(); lowest != null; lowest = tree.lowest()) {
      Place place = new Place(lowest.dstHigh, lowest.dstLow, lowest.srcHigh, lowest.srcLow);
      found.add(new Standing(place, streams.indexOf(lowest)));
      if (lowest.advance()) {
        tree.lowestWentOn();
      } else {
        tree.lowestEnded();
      }
    }
    return found;
  }

  /** Few different ones, with words of either sign; the highest place of all is among them. */
  private List<Place> places(int count) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(
          random.nextInt(20) == 0
              ? Place.HIGHEST
              : new Place(word(), random.nextInt(3) - 1, word(), random.nextInt(2)));
    }
    places.sort(Comparator.naturalOrder());
    return places;
  }

  private long word() {
    return random.nextInt(5) == 0 ? -1 : 0;
  }
}
