package org.flowlake.jobs.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is missing, worked out by hand. */
class CompletenessTest {
  private static final LocalDateTime START = LocalDateTime.of(2024, 3, 11, 0, 0);

  private static CollectedFile file(String folder, LocalDateTime time, long packets, long gaps) {
    return new CollectedFile(
        folder,
        "",
        Optional.of(time),
        100,
        1,
        gaps,
        packets == 0
            ? List.of()
            : List.of(
                new CollectedFile.Exporter("192.0.2.1", 100, packets, gaps, Optional.empty())));
  }

  /** Files of five minutes from {@link #START} on; those that are left out are missing. */
  private static List<CollectedFile> fiveMinutes(String folder, int count, Integer... missing) {
    List<CollectedFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!List.of(missing).contains(i)) {
        files.add(file(folder, START.plusMinutes(5L * i), 0, 0));
      }
    }
    return files;
  }

  private static long millis(int minutes) {
    return START.plusMinutes(minutes).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static Completeness of(List<CollectedFile> files, int fromMinute, int toMinute) {
    return Completeness.of(files, ZoneOffset.UTC, millis(fromMinute), millis(toMinute));
  }

  @Test
  void everyFileOfAWindowCountsTheSame() {
    Completeness found = of(fiveMinutes("a", 12, 3, 4), 0, 60);

    assertThat(found).isEqualTo(new Completeness(10, 2, 0, 0, 10 / 12.0));
    assertThat(found.line())
        .isEqualTo(
            "Completeness: this window is 83.3 % complete: 10 of 12 raw files, 0 sequence"
                + " failures");
  }

  @Test
  void onlyGapsOfTheWindowCount() {
    assertThat(of(fiveMinutes("a", 12, 3, 4), 25, 60).missing()).isZero();
    assertThat(of(fiveMinutes("a", 12, 3, 4), 20, 60).missing()).isEqualTo(1);
    // The file of 00:15 has flows until 00:20.
    assertThat(of(fiveMinutes("a", 12, 3, 4), 19, 60).missing()).isEqualTo(2);
    assertThat(of(fiveMinutes("a", 12, 3, 4), 0, 15).missing()).isZero();
    assertThat(of(fiveMinutes("a", 12, 3, 4), 0, 16).missing()).isEqualTo(1);
  }

  @Test
  void gapsInSequenceNumbersCountAsLostPackets() {
    List<CollectedFile> files =
        List.of(
            file("a", START, 90, 10),
            file("a", START.plusMinutes(5), 100, 0),
            file("a", START.plusMinutes(10), 50, 50));

    Completeness found = of(files, 0, 15);

    assertThat(found.sequenceFailures()).isEqualTo(60);
    assertThat(found.share()).isEqualTo((0.9 + 1 + 0.5) / 3);
  }

  @Test
  void aCollectorThatFellSilentIsMissedUntilItWasSoForAWeek() {
    List<CollectedFile> files = fiveMinutes("a", 24);
    files.addAll(fiveMinutes("b", 12));
    assertThat(of(files, 0, 120)).isEqualTo(new Completeness(36, 12, 0, 0, 36 / 48.0));

    files.add(file("a", START.plusDays(8), 0, 0));
    assertThat(of(files, 0, 120).missing()).isZero();
  }

  @Test
  void whatIsNotWholeIsNotRoundedToAHundred() {
    assertThat(Completeness.percent(0.99996)).isEqualTo(99.9);
    assertThat(Completeness.percent(1)).isEqualTo(100.0);
  }

  @Test
  void aWindowWithoutFilesIsUnknown() {
    assertThat(of(fiveMinutes("a", 12), -60, -30).line())
        .isEqualTo("Completeness: unknown, no raw file of this window has a time in its name");
    assertThat(of(List.of(), 0, 60).share()).isNaN();
  }

  @Test
  void namesAreInTheCollectorsZone() {
    List<CollectedFile> files = fiveMinutes("a", 12);
    ZoneId zurich = ZoneId.of("Europe/Zurich");

    assertThat(new SourceDays(files, zurich).rows())
        .singleElement()
        .satisfies(row -> assertThat(row.day()).isEqualTo(START.toLocalDate().minusDays(1)));
    assertThat(Completeness.of(files, zurich, millis(-60), millis(0)).files()).isEqualTo(12);
  }

  @Test
  void gapsAreListedWithWhenTheyEnd() {
    List<CollectedFile> files = fiveMinutes("a", 12, 3, 4);
    files.addAll(fiveMinutes("b", 11));

    assertThat(new SourceDays(files, ZoneOffset.UTC).gaps())
        .containsExactly(
            new SourceGap(
                "a",
                Instant.parse("2024-03-11T00:15:00Z"),
                Instant.parse("2024-03-11T00:25:00Z"),
                2),
            new SourceGap(
                "b",
                Instant.parse("2024-03-11T00:55:00Z"),
                Instant.parse("2024-03-11T01:00:00Z"),
                1));
  }

  @Test
  void daysWithoutAFileAreListed() {
    List<CollectedFile> files = new ArrayList<>(fiveMinutes("a", 288));
    files.add(file("a", START.plusDays(2), 0, 0));

    assertThat(new SourceDays(files, ZoneOffset.UTC).rows())
        .extracting(ExporterDay::files, ExporterDay::missing, row -> row.share())
        .containsExactly(tuple(288L, 0L, 1.0), tuple(0L, 288L, 0.0), tuple(1L, 0L, 1.0));
  }
}
