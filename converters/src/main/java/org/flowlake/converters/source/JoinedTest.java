package org.flowlake.converters.source;

import java.util.Arrays;
import java.util.List;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.source.FlowPredicate.RowTest;

/**
 * Several tests as one: a part with the deciding outcome decides; else the whole is unknown where
 * any part is. For "and", false decides; for "or", true.
 */
final class JoinedTest implements RowTest {
  /** Two bounds of an address, its version, and what is true where it is absent. */
  private static final int MOST_SIMPLE_PARTS = 4;

  private final RowTest[] parts;
  private final int deciding;
  private final boolean simple;

  /** The outcome of two parts, at the place of both: looked up faster than worked out. */
  private final byte[] table = new byte[1 << 4];

  private final FlowPredicate.Outcomes outcomesOfPart = new FlowPredicate.Outcomes();

  private JoinedTest(RowTest[] parts, int deciding) {
    this.parts = parts;
    this.deciding = deciding;
    for (int outcome = 0; outcome <= FlowPredicate.UNKNOWN; outcome++) {
      for (int part = 0; part <= FlowPredicate.UNKNOWN; part++) {
        table[outcome << 2 | part] =
            (byte) (outcome == deciding || part == deciding ? deciding : Math.max(outcome, part));
      }
    }
    this.simple =
        parts.length <= MOST_SIMPLE_PARTS && Arrays.stream(parts).allMatch(RowTest::isSimple);
  }

  static RowTest of(List<FlowPredicate> parts, int deciding, FlowBatch batch) {
    RowTest[] tests = parts.stream().map(part -> part.over(batch)).toArray(RowTest[]::new);
    return tests.length == 1 ? tests[0] : new JoinedTest(tests, deciding);
  }

  @Override
  public int test(int row) {
    int outcome = FlowPredicate.TRUE - deciding;
    for (RowTest part : parts) {
      outcome = table[outcome << 2 | part.test(row)];
      if (outcome == deciding) {
        break;
      }
    }
    return outcome;
  }

  @Override
  public boolean isSimple() {
    return simple;
  }

  @Override
  public void test(int from, int to, byte[] outcomes) {
    int count = to - from;
    if (parts.length == 0) {
      Arrays.fill(outcomes, 0, count, (byte) (FlowPredicate.TRUE - deciding));
      return;
    }
    parts[0].test(from, to, outcomes);
    for (int next = 1; next < parts.length; next++) {
      RowTest part = parts[next];
      if (part.isSimple()) {
        byte[] ofPart = outcomesOfPart.of(part, from, to);
        for (int i = 0; i < count; i++) {
          outcomes[i] = table[outcomes[i] << 2 | ofPart[i]];
        }
      } else {
        for (int i = 0; i < count; i++) {
          if (outcomes[i] != deciding) {
            outcomes[i] = table[outcomes[i] << 2 | part.test(from + i)];
          }
        }
      }
    }
  }
}
