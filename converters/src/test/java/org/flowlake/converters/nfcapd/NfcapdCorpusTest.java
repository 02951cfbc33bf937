package org.flowlake.converters.nfcapd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.flow.FlowStatistics.Totals;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every nfcapd file of the corpus decodes to the flows that nfdump lists, and to the totals that
 * its writer left in it.
 */
class NfcapdCorpusTest {
  @BeforeAll
  static void corpusIsThere() {
    Corpus.orSkip();
  }

  static Stream<Corpus.Entry> files() throws IOException {
    return Corpus.orSkip().nfcapdFiles().stream();
  }

  static Stream<Corpus.Entry> filesWithDump() throws IOException {
    Corpus corpus = Corpus.orSkip();
    List<Corpus.Entry> entries = new ArrayList<>();
    for (Corpus.Entry entry : corpus.nfcapdFiles()) {
      if (corpus.dump(entry, "1.7.8.json").isPresent()
          || corpus.dump(entry, "1.7.8.csv").isPresent()
          || corpus.dump(entry, "1.6.25.json").isPresent()) {
        entries.add(entry);
      }
    }
    return entries.stream();
  }

  static Stream<String> folders() throws IOException {
    Corpus corpus = Corpus.orSkip();
    return corpus.nfcapdFiles().stream()
        .map(entry -> Path.of(entry.name()).getName(1).toString())
        .distinct()
        .filter(folder -> hasCsv(corpus, folder));
  }

  private static boolean hasCsv(Corpus corpus, String folder) {
    try {
      return corpus.folderDump(folder, "1.7.8.csv").isPresent();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void decodedTotalsAreThoseOfTheWriter(Corpus.Entry entry) throws IOException {
    try (NfcapdFile file = open(entry.file())) {
      NfcapdInspection inspection = file.inspect();
      assertThat(inspection.differencesFrom(file.statistics())).isEmpty();
      assertThat(inspection.skipped()).isEmpty();
      assertThat(inspection.records()).isEqualTo(flows(file).size());
      assertThat(file.header().layout()).isEqualTo(entry.layoutOne() ? 1 : 2);
      assertThat(file.header().compression().name()).isEqualToIgnoringCase(entry.compression());
      if (entry.facts().hasNonNull("flows") && !entry.layoutOne()) {
        assertThat(file.statistics().all())
            .isEqualTo(
                new Totals(
                    entry.fact("flows"), entry.fact("flow_packets"), entry.fact("flow_bytes")));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("filesWithDump")
  void decodedFlowsAreThoseThatNfdumpLists(Corpus.Entry entry) throws IOException {
    Corpus corpus = Corpus.orSkip();
    var json = corpus.dump(entry, "1.7.8.json");
    var oldJson = corpus.dump(entry, "1.6.25.json");
    var csv = corpus.dump(entry, "1.7.8.csv");
    try (NfcapdFile file = open(entry.file())) {
      FlowBatch flows = flows(file);
      if (json.isPresent()) {
        assertSameFlows(jsonOf(flows, entry), withoutReceived(json.get(), entry));
        if (!entry.madeByCollector() && !json.get().stream().noneMatch(l -> l.contains("ident"))) {
          assertThat(json.get()).anyMatch(l -> l.contains("\"" + file.ident() + "\""));
        }
      } else if (csv.isPresent()) {
        assertSameFlows(NfdumpCsv.of(flows), NfdumpCsv.rows(csv.get()));
      } else {
        assertSameFlows(
            NfdumpOldJson.of(flows), NfdumpOldJson.of(NfdumpJson.parse(oldJson.orElseThrow())));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void decodedFoldersAreThoseThatNfdumpLists(String folder) throws IOException {
    Corpus corpus = Corpus.orSkip();
    List<String> ours = new ArrayList<>();
    for (Corpus.Entry entry : corpus.nfcapdFiles()) {
      if (entry.name().startsWith("nfcapd/" + folder + "/")) {
        try (NfcapdFile file = open(entry.file())) {
          ours.addAll(NfdumpCsv.of(flows(file)));
        }
      }
    }
    Assumptions.assumeFalse(ours.isEmpty(), "no flows in " + folder);
    assertSameFlows(ours, NfdumpCsv.rows(corpus.folderDump(folder, "1.7.8.csv").orElseThrow()));
  }

  private static NfcapdFile open(Path path) throws IOException {
    return NfcapdFile.open(LocalFlowFile.open(path), DamagePolicy.FAIL);
  }

  private static FlowBatch flows(NfcapdFile file) throws IOException {
    FlowBatch batch = new FlowBatch(FlowView.ALL_FIELDS, 1024);
    FlowReader reader = file.flows(1);
    while (reader.readBlock(batch)) {
      assertThat(reader.counts().flows()).isEqualTo(batch.size());
    }
    return batch;
  }

  private static List<String> jsonOf(FlowBatch flows, Corpus.Entry entry) {
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < flows.size(); row++) {
      Map<String, String> members = NfdumpJson.of(new FlowView(flows, row));
      if (entry.madeByCollector()) {
        members.remove("received");
      }
      texts.add(members.toString());
    }
    return texts;
  }

  /** A collector's received time is the clock of its run, which the dump need not share. */
  private static List<String> withoutReceived(List<String> dump, Corpus.Entry entry) {
    List<String> texts = new ArrayList<>();
    for (Map<String, String> members : NfdumpJson.parse(dump)) {
      Map<String, String> compared = new TreeMap<>(members);
      if (entry.madeByCollector()) {
        compared.remove("received");
      }
      texts.add(compared.toString());
    }
    return texts;
  }

  /** In any order: nfdump 1.7.8 filters blocks in several threads. */
  private static void assertSameFlows(List<String> ours, List<String> listed) {
    List<String> a = ours.stream().sorted().toList();
    List<String> b = listed.stream().sorted().toList();
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      assertThat(a.get(i)).as("flow %d", i).isEqualTo(b.get(i));
    }
    assertThat(a).hasSameSizeAs(b);
  }
}
