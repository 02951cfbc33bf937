package org.flowlake.udfs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowRatesTest {
  @Test
  void ratesAreTruncated() {
    assertThat(FlowRates.packetsPerSecond(10, 3000)).isEqualTo(3);
    assertThat(FlowRates.bitsPerSecond(1500, 10_000)).isEqualTo(1200);
    assertThat(FlowRates.bitsPerSecond(420, 59_000)).isEqualTo(56);
    assertThat(FlowRates.bytesPerPacket(1500, 11)).isEqualTo(136);
  }

  @Test
  void zeroDurationOrNoPacketsGivesZero() {
    assertThat(FlowRates.packetsPerSecond(10, 0)).isZero();
    assertThat(FlowRates.bitsPerSecond(10, 0)).isZero();
    assertThat(FlowRates.bytesPerPacket(10, 0)).isZero();
    assertThat(FlowRates.packetsPerSecondOfSeconds(10, 0)).isZero();
    assertThat(FlowRates.bitsPerSecondOfSeconds(10, 0)).isZero();
  }

  /** What C computes, as nfdump does: 8 * 17 / 0.017 is a little less than 8000. */
  @Test
  void divisionBySecondsRoundsAsDoublesDo() {
    assertThat(FlowRates.bitsPerSecond(17, 17)).isEqualTo(8000);
    assertThat(FlowRates.bitsPerSecondOfSeconds(17, 17)).isEqualTo(7999);
    assertThat(FlowRates.bitsPerSecondOfSeconds(119, 17)).isEqualTo(55_999);
    assertThat(FlowRates.bitsPerSecondOfSeconds(420, 59_000)).isEqualTo(56);
  }

  @Test
  void countersAreUnsigned() {
    assertThat(FlowRates.bytesPerPacket(-1, 1)).isEqualTo(-1);
    assertThat(FlowRates.bytesPerPacket(-2, 2)).isEqualTo(Long.MAX_VALUE);
    assertThat(FlowRates.packetsPerSecondOfSeconds(Long.MIN_VALUE, 2000)).isEqualTo(1L << 62);
    assertThat(FlowRates.packetsPerSecondOfSeconds(Long.MIN_VALUE, 1000)).isEqualTo(Long.MIN_VALUE);
  }
}
