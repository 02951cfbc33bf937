package org.flowlake.converters.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.junit.jupiter.api.Test;

class RollupKeyTest {
  private static final List<FlowField> FIELDS =
      List.of(
          FlowField.FIRST_SEEN,
          FlowField.LAST_SEEN,
          FlowField.IP_VERSION,
          FlowField.PROTO,
          FlowField.SRC_ADDR,
          FlowField.DST_ADDR,
          FlowField.DST_PORT);

  /** Flows that are alike but for one field each, which they do not have; the first has all. */
  private static FlowBatch flows() {
    FlowBatch flows = new FlowBatch(FIELDS, 1);
    for (int row = 0; row <= FIELDS.size(); row++) {
      for (int i = 0; i < FIELDS.size(); i++) {
        if (row == i + 1) {
          flows.column(i).appendNull();
          continue;
        }
        switch (FIELDS.get(i)) {
          case FIRST_SEEN, LAST_SEEN -> flows.column(i).appendLong(2 * 86_400_000_000L + 5);
          case IP_VERSION -> flows.column(i).appendInt(4);
          case PROTO -> flows.column(i).appendInt(17);
          case DST_PORT -> flows.column(i).appendInt(53);
          default -> flows.column(i).appendAddress(11 + i, -22 - i);
        }
      }
      flows.endFlow();
    }
    return flows;
  }

  private static long[][] keys(Rollup rollup) {
    FlowBatch flows = flows();
    long[] tails = new long[flows.size()];
    RollupKey.readTails(flows, 0, flows.size(), tails);
    int words = RollupKey.words(rollup);
    long[] all = new long[words * flows.size()];
    new RollupKey(rollup, flows).read(0, flows.size(), tails, all);
    long[][] keys = new long[flows.size()][];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = Arrays.copyOfRange(all, row * words, (row + 1) * words);
    }
    return keys;
  }

  @Test
  void aKeyHoldsWhatAConversationHas() {
    long[] key = keys(Rollup.CONVERSATION)[0];

    assertThat(key).startsWith(15, -26, 16, -27, 53).hasSize(6);
    assertThat(RollupKey.proto(key[5])).isEqualTo(17);
    assertThat(RollupKey.version(key[5])).isEqualTo(4);
    assertThat((int) key[5]).as("day of last seen").isEqualTo(2);
  }

  @Test
  void anAbsentKeyIsTheOnlyOneThatIsMarked() {
    long[][] keys = keys(Rollup.CONVERSATION);

    for (int row = 0; row < keys.length; row++) {
      FlowField absent = row == 0 ? null : FIELDS.get(row - 1);
      long tail = keys[row][5];
      assertThat(RollupKey.hasLeading(tail, 0)).isEqualTo(absent != FlowField.SRC_ADDR);
      assertThat(RollupKey.hasLeading(tail, 1)).isEqualTo(absent != FlowField.DST_ADDR);
      assertThat(RollupKey.hasLeading(tail, 2)).isEqualTo(absent != FlowField.DST_PORT);
      assertThat(RollupKey.hasProto(tail)).isEqualTo(absent != FlowField.PROTO);
      assertThat(RollupKey.hasVersion(tail)).isEqualTo(absent != FlowField.IP_VERSION);
    }
  }

  /** Ports would have nearly twice as many rows with it. */
  @Test
  void versionsAreKeptOnlyWithAddresses() {
    assertThat(RollupKey.hasVersion(keys(Rollup.SRC_HOST)[0][2])).isTrue();
    long[] ofPort = keys(Rollup.DST_PORT)[0];
    assertThat(ofPort).startsWith(53).hasSize(2);
    assertThat(RollupKey.hasVersion(ofPort[1])).isFalse();
    assertThat(RollupKey.version(ofPort[1])).isZero();
    assertThat(RollupKey.proto(ofPort[1])).isEqualTo(17);
  }
}
