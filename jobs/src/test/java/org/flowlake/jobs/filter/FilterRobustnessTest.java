package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flowlake.converters.flow.FlowField;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Long, deep and senseless texts end in bounded time, with a filter or with an error. */
@Timeout(60)
class FilterRobustnessTest {
  private static final int DEEP = 10_000;

  @Test
  void parenthesesNestToAnyDepth() {
    FlowFilter filter = FlowFilter.parse("(".repeat(DEEP) + "port 80" + ")".repeat(DEEP));
    assertThat(filter.canonicalText()).isEqualTo("port 80");
  }

  @Test
  void negationsNestToAnyDepth() {
    FlowFilter filter = FlowFilter.parse("not (".repeat(DEEP) + "port 80" + ")".repeat(DEEP));
    assertThat(filter.canonicalText()).isEqualTo("port 80");
  }

  @Test
  void alternationsNestToAnyDepth() {
    String text = alternating(DEEP);
    FlowFilter filter = FlowFilter.parse(text);
    assertThat(FlowFilter.parse(filter.canonicalText()).canonicalText())
        .isEqualTo(filter.canonicalText());
    FilterInterpreter interpreter = new FilterInterpreter(filter.bound());
    assertThat(interpreter.matches(new FilterTestFlows.Flow(Map.of(FlowField.IN_PACKETS, 5L))))
        .isTrue();
    assertThat(interpreter.matches(new FilterTestFlows.Flow(Map.of(FlowField.IN_PACKETS, 4L))))
        .isFalse();
  }

  /** True for 5 packets: every {@code and} holds for them, no {@code or} does before the last. */
  static String alternating(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      text.append(i % 2 == 0 ? "packets > 4 and (" : "packets > 100 or (");
    }
    return text.append("packets 5").append(")".repeat(depth)).toString();
  }

  @Test
  void thousandsOfHostsBecomeOneSetPerSide() {
    String text =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "host 10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255))
            .collect(Collectors.joining(" or "));
    assertThat(text).hasSizeGreaterThan(1_700_000);
    BoundFilter bound = FlowFilter.parse(text).bound();
    assertThat(bound.children()).hasSize(2);
    BoundFilter.AddressIn source = (BoundFilter.AddressIn) bound.children().get(0);
    assertThat(source.field()).isEqualTo(FlowField.SRC_ADDR);
    assertThat(source.addresses().ranges(4)).hasSize(1);
  }

  @Test
  void twoMegabytesWithoutSenseAreRefusedAtOnce() {
    for (String piece :
        new String[] {"(", "not ", "x", "1 ", "any ", "port ", "[", "'", "any or ("}) {
      String text = piece.repeat((2 << 20) / piece.length());
      Assertions.assertTimeout(
          Duration.ofSeconds(10),
          () ->
              assertThatThrownBy(() -> FlowFilter.parse(text))
                  .isInstanceOf(FilterException.class)
                  .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(2000)));
    }
  }

  @Test
  void garbageIsRefusedOrUnderstoodNeverWorse() {
    String alphabet = "()[]/!=<>&|#'\"@ \n\t%$\u00e4\u0000.:-,";
    String[] words = {
      "any",
      "not",
      "and",
      "or",
      "src",
      "dst",
      "port",
      "ip",
      "in",
      "net",
      "10.1.2.3",
      "80",
      "proto",
      "tcp",
      "flags",
      "SA",
      "bytes",
      "10k",
      "nat",
      "event",
      "mpls",
      "label1",
      "first",
      "seen",
      "::1"
    };
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        if (random.nextInt(3) == 0) {
          text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        } else {
          text.append(words[random.nextInt(words.length)]).append(' ');
        }
      }
      try {
        FlowFilter.parse(text.toString()).canonicalText();
      } catch (FilterException expected) {
        assertThat(expected.getMessage()).contains("line ").contains("^");
      }
    }
  }
}
