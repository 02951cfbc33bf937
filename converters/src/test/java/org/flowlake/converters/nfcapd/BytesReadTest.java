package org.flowlake.converters.nfcapd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowFile;
import org.flowlake.udfs.ip.IpAddress;
import org.flowlake.udfs.ip.IpPrefix;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The "Bytes read" of nfdump's summary is the sum of the sizes of the blocks with a flow that
 * passes the filter, or with a record that is not a flow.
 */
class BytesReadTest {
  private static final Pattern BYTES_READ =
      Pattern.compile("passed: (\\d+), Blocks skipped: \\d+, Bytes read: (\\d+)");

  private static final List<FlowField> FIELDS =
      List.of(FlowField.SRC_ADDR, FlowField.DST_ADDR, FlowField.IP_VERSION, FlowField.DST_PORT);

  record Case(String id, List<Path> files, String filter, long passed, long bytesRead) {
    @Override
    public String toString() {
      return id + " " + filter;
    }
  }

  @BeforeAll
  static void corpusIsThere() {
    Corpus.orSkip();
  }

  static Stream<Case> cases() throws IOException {
    Corpus corpus = Corpus.orSkip();
    List<Case> cases = new ArrayList<>();
    for (JsonNode node : corpus.lines("cases.jsonl")) {
      String filter = node.get("filter").asText();
      JsonNode expected = node.path("expected").path("1.7.8");
      if (expected.isMissingNode() || !filter.matches(SUPPORTED) || limited(node)) {
        continue;
      }
      Matcher summary = BYTES_READ.matcher(Files.readString(corpus.resolve(expected.asText())));
      if (summary.find()) {
        cases.add(
            new Case(
                node.get("id").asText(),
                files(corpus, node.get("input_args")),
                filter,
                Long.parseLong(summary.group(1)),
                Long.parseLong(summary.group(2))));
      }
    }
    return cases.stream();
  }

  private static final String TERM = "(not )?(src|dst) (host|net) [0-9a-f.:/]+|dst port \\d+";
  private static final String SUPPORTED = "(" + TERM + ")( and (" + TERM + "))*";

  /** Rows limited by -c, or a time window: the blocks read are then others. */
  private static boolean limited(JsonNode node) {
    for (JsonNode argument : node.get("args")) {
      if (List.of("-c", "-t").contains(argument.asText())) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> files(Corpus corpus, JsonNode inputArguments) throws IOException {
    Path input = corpus.resolve(inputArguments.get(1).asText());
    try (Stream<Path> files = Files.walk(input)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void blocksWithAPassingFlowOrAnotherRecordAreCounted(Case query) throws IOException {
    long passed = 0;
    long bytesRead = 0;
    for (Path path : query.files()) {
      try (NfcapdFile file = NfcapdFile.open(LocalFlowFile.open(path), DamagePolicy.FAIL)) {
        FlowReader reader = file.flows(1);
        FlowBatch batch = new FlowBatch(FIELDS, 1024);
        while (reader.readBlock(batch)) {
          long passedOfBlock = passing(batch, query.filter());
          passed += passedOfBlock;
          if (passedOfBlock > 0 || reader.counts().lastBlockHasOtherRecords()) {
            bytesRead += reader.counts().lastBlockBytes();
          }
          batch.clear();
        }
      }
    }
    assertThat(passed).isEqualTo(query.passed());
    assertThat(bytesRead).isEqualTo(query.bytesRead());
  }

  private static long passing(FlowBatch batch, String filter) {
    List<String> terms = List.of(filter.split(" and ", -1));
    long passing = 0;
    for (int row = 0; row < batch.size(); row++) {
      boolean passes = true;
      for (String term : terms) {
        passes = passes && passes(batch, row, term);
      }
      passing += passes ? 1 : 0;
    }
    return passing;
  }

  private static boolean passes(FlowBatch batch, int row, String term) {
    if (term.startsWith("not ")) {
      return !passes(batch, row, term.substring(4));
    }
    String[] words = term.split(" ", -1);
    if (words[1].equals("port")) {
      var column = batch.column(FlowField.DST_PORT);
      return !column.isNull(row) && column.intAt(row) == Integer.parseInt(words[2]);
    }
    var column = batch.column(words[0].equals("src") ? FlowField.SRC_ADDR : FlowField.DST_ADDR);
    if (column.isNull(row)) {
      return false;
    }
    int version = batch.column(FlowField.IP_VERSION).intAt(row);
    byte[] address = column.bytesAt(row);
    if (words[1].equals("host")) {
      return IpAddress.of(address, version).equals(IpAddress.parse(words[2]));
    }
    return IpPrefix.parse(words[2]).contains(address, version);
  }
}
