package org.flowlake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Remembered minutes say what the platform's formatter says. */
class DisplayTimeTest {
  /** The offset of Monrovia had seconds until 1972, and moved within a minute. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Zurich",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Africa/Monrovia",
        "-03:30"
      })
  void everyTimeIsThatOfThePlatform(String zone) {
    DateTimeFormatter platform =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.of(zone));
    DisplayTime times = new DisplayTime(ZoneId.of(zone));
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      long millis = random.nextLong(4_000_000_000_000L) - 1_000_000_000_000L;
      assertThat(times.withMillis(millis)).isEqualTo(platform.format(Instant.ofEpochMilli(millis)));
    }
  }

  /** Clocks of Zurich go from 02:00 to 03:00, and from 03:00 to 02:00. */
  @ParameterizedTest
  @CsvSource({
    "2024-03-31T00:59:59.999Z, 2024-03-31 01:59:59.999",
    "2024-03-31T01:00:00.000Z, 2024-03-31 03:00:00.000",
    "2024-10-27T00:59:59.999Z, 2024-10-27 02:59:59.999",
    "2024-10-27T01:00:00.000Z, 2024-10-27 02:00:00.000"
  })
  void clocksMove(String instant, String shown) {
    DisplayTime times = new DisplayTime(ZoneId.of("Europe/Zurich"));

    assertThat(times.millis(Instant.parse(instant).toEpochMilli())).isEqualTo(shown);
  }
}
