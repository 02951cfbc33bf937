package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The filters of the corpus' query cases: what nfdump refused is refused, the rest is accepted. */
class FilterCorpusTest {
  private static final List<JsonNode> CASES = new ArrayList<>();

  @BeforeAll
  static void readCases() throws IOException {
    Path file = Path.of(System.getProperty("flowlake.corpus", ""), "cases.jsonl");
    assumeTrue(Files.exists(file), "no corpus at " + file);
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(file)) {
      CASES.add(json.readTree(line));
    }
  }

  @Test
  void filtersThatNfdumpRefusesAreRefused() {
    List<JsonNode> refused = filters(true);
    assertThat(refused).isNotEmpty();
    for (JsonNode query : refused) {
      String filter = query.get("filter").asText();
      assertThatThrownBy(() -> FlowFilter.parse(filter))
          .as(query.get("id").asText())
          .isInstanceOf(FilterException.class);
    }
  }

  @Test
  void filtersThatNfdumpAnswersAreAccepted() {
    List<JsonNode> accepted = filters(false);
    assertThat(accepted).isNotEmpty();
    for (JsonNode query : accepted) {
      String filter = query.get("filter").asText();
      FilterNode tree =
          FilterParser.parse(new FilterSource("", filter), IncludeReader.localFiles());
      assertThat(FilterPrinter.print(tree)).as(query.get("id").asText()).isNotEmpty();
      FlowFilter.parse(filter, FilterSettings.local().withZone(ZoneOffset.UTC));
    }
  }

  private static List<JsonNode> filters(boolean refused) {
    return CASES.stream().filter(query -> query.has("expected_error") == refused).toList();
  }
}
