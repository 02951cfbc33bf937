package org.flowlake.jobs.extra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.rows.ExtraColumn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HavingParserTest {
  private static final List<ExtraColumn> EXTRAS =
      List.of(new ExtraColumn("srcips", "Src IPs", ExtraColumn.Kind.NUMBER));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "flows > 10; >(_flows, 10L)",
        "FLOWS>=1.5k; >=(_flows, 1500L)",
        "flows = 1g; =(_flows, 1000000000L)",
        "srcips == 2m; =(_extra_srcips, 2000000L)",
        "flows <> 0; !(=(_flows, 0L))",
        "not flows < 1; !(<(_flows, 1L))",
        // 'and' binds closer than 'or'.
        "flows > 1 or flows > 2 and flows > 3; or(>(_flows, 1L), and(>(_flows, 2L), >(_flows,"
            + " 3L)))",
        "(flows > 1 || flows > 2) && flows > 3; and(or(>(_flows, 1L), >(_flows, 2L)), >(_flows,"
            + " 3L))"
      })
  void testsAreUnderstood(String text, String condition) {
    assertThat(HavingParser.parse(text, EXTRAS).condition()).hasToString(condition);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flow > 10|--having: unknown column 'flow'; known: flows packets ipackets opackets bytes"
            + " ibytes obytes pps ipps opps bps ibps obps bpp ibpp obpp duration srcips; did you"
            + " mean 'flows'?",
        "flows|--having 'flows': expected > >= < <= = or !=, found the end",
        "flows > many|--having 'flows > many': expected a number such as 1500, 10k or 1.5g, found"
            + " 'many'",
        "flows > 10x|--having 'flows > 10x': expected a number such as 1500, 10k or 1.5g, found"
            + " '10x'",
        "flows > 1.5|--having 'flows > 1.5': expected a whole number of at most 63 bits, found"
            + " '1.5'",
        "(flows > 1|--having '(flows > 1': expected ')', found the end",
        "flows > 1 flows > 2|--having 'flows > 1 flows > 2': expected 'and', 'or' or the end, found"
            + " 'flows'",
        "flows > 1 and|--having 'flows > 1 and': expected a column, found the end",
        "flows > ;|--having 'flows > ;': expected a number such as 1500, 10k or 1.5g, found ';'"
      })
  void mistakesAreNamed(String text, String message) {
    assertThatThrownBy(() -> HavingParser.parse(text, EXTRAS))
        .isInstanceOf(QuestionException.class)
        .hasMessage(message);
  }
}
