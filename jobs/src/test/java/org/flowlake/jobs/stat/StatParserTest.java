package org.flowlake.jobs.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;
import org.junit.jupiter.api.Test;

class StatParserTest {
  @Test
  void withoutOrderFlowsRank() {
    TopNStatistic statistic = StatParser.parse("srcip");
    assertThat(statistic.element()).isEqualTo(StatElement.SRCIP);
    assertThat(statistic.split()).isEqualTo(TopNStatistic.ProtocolSplit.TOGETHER);
    assertThat(statistic.orders()).extracting(RankOrder::name).containsExactly("flows");
  }

  @Test
  void severalOrdersArePrintedInTheOrderOfTheTable() {
    TopNStatistic statistic = StatParser.parse("DstIP:p/bps:a/packets");
    assertThat(statistic.split()).isEqualTo(TopNStatistic.ProtocolSplit.APART);
    assertThat(statistic.orders()).extracting(RankOrder::name).containsExactly("packets", "bps");
    assertThat(statistic.orders())
        .extracting(RankOrder::direction)
        .containsExactly(SortDirection.DESCENDING, SortDirection.ASCENDING);
  }

  @Test
  void protocolsAreAlwaysApartInTheirOwnStatistic() {
    assertThat(StatParser.parse("proto/bytes").split())
        .isEqualTo(TopNStatistic.ProtocolSplit.APART);
  }

  @Test
  void unknownElementListsTheKnown() {
    assertThatThrownBy(() -> StatParser.parse("srcfoo/bytes"))
        .isInstanceOf(QuestionException.class)
        .hasMessageStartingWith(
            "Unknown statistic: 'srcfoo'. Available element statistics: record srcip dstip ip ");
  }

  @Test
  void unknownOrderListsTheKnown() {
    assertThatThrownBy(() -> StatParser.parse("srcip/size"))
        .isInstanceOf(QuestionException.class)
        .hasMessageStartingWith(
            "Unknown order option /size. Available stat print order: flows packets ipkg ");
  }

  @Test
  void unknownOptionNamesTheKnown() {
    assertThatThrownBy(() -> StatParser.parse("srcip:x"))
        .isInstanceOf(QuestionException.class)
        .hasMessage(
            "Unknown statistic option :x in srcip:x. Available option :p for ordered by protocol");
  }
}
