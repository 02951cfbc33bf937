package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.flowlake.jobs.filter.NfdumpProgram.Totals;
import org.junit.jupiter.api.Test;

/**
 * Every filter of the corpus' cases asked of every nfcapd file of the corpus that the installed
 * nfdump can read: it must pass as many flows, bytes and packets as our interpreter does. Files
 * that nfdump reads together anyway (trees) are asked together.
 */
class FilterCasesNfdumpTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", ""));
  private static final Set<String> SHAPES = Set.of("filter", "syntax", "error", "extension");

  /** One call of nfdump: a file, or a folder that it reads as a whole. */
  private record Input(Path path, List<Path> files) {
    List<String> options() {
      return List.of(Files.isDirectory(path) ? "-R" : "-r", path.toString());
    }
  }

  @Test
  void everyFilterPassesTheSameFlowsOfEveryFile() throws IOException {
    assumeTrue(Files.exists(CORPUS.resolve("cases.jsonl")), "no corpus at " + CORPUS);
    NfdumpProgram nfdump = NfdumpProgram.orSkip();
    Collection<String> filters = filters();
    List<String> differences = new ArrayList<>();
    int files = 0;
    int answers = 0;
    for (Input input : inputs()) {
      List<DecodedFlows> flows = new ArrayList<>();
      for (Path file : input.files()) {
        flows.add(DecodedFlows.of(file));
      }
      long all = flows.stream().mapToLong(DecodedFlows::size).sum();
      Optional<Totals> theirAll = nfdump.totals(input.options(), "any");
      if (theirAll.isEmpty() || theirAll.get().flows() != all) {
        continue; // an older nfdump does not read every newer file
      }
      files += input.files().size();
      List<String> asked =
          filters.stream().filter(filter -> isAlike(nfdump, input, filter)).toList();
      List<Optional<Totals>> theirs =
          asked.parallelStream().map(filter -> totals(nfdump, input, filter)).toList();
      for (int i = 0; i < asked.size(); i++) {
        Optional<Totals> ours = interpreted(flows, asked.get(i));
        if (theirs.get(i).isPresent() || ours.isEmpty()) {
          answers++;
          if (!ours.equals(theirs.get(i))) {
            differences.add(
                "%s: %s%n  nfdump %s%n  ours   %s"
                    .formatted(CORPUS.relativize(input.path()), asked.get(i), theirs.get(i), ours));
          }
        }
      }
    }
    assertThat(differences).as("%d answers about %d files", answers, files).isEmpty();
    assertThat(files).isGreaterThan(nfdump.isLevel() ? 450 : 50);
    assertThat(answers).isGreaterThan(1000);
  }

  private static Collection<String> filters() throws IOException {
    ObjectMapper json = new ObjectMapper();
    Set<String> filters = new TreeSet<>();
    for (String line : Files.readAllLines(CORPUS.resolve("cases.jsonl"))) {
      JsonNode query = json.readTree(line);
      if (SHAPES.contains(query.path("shape").asText())) {
        filters.add(query.path("filter").asText(""));
      }
    }
    return filters;
  }

  private static List<Input> inputs() throws IOException {
    List<Input> inputs = new ArrayList<>();
    for (String folder : List.of("devices", "real", "payload", "variants", "multi", "dir-mixed")) {
      for (Path file : files(CORPUS.resolve("nfcapd").resolve(folder))) {
        inputs.add(new Input(file, List.of(file)));
      }
    }
    for (String tree : List.of("tree-v1-bz2", "tree-v2-lz4")) {
      Path folder = CORPUS.resolve("nfcapd").resolve(tree);
      inputs.add(new Input(folder, files(folder)));
    }
    return inputs;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /**
   * Whether this nfdump should decide as we do (docs/compatibility.md): 1.7.1 counts an absent
   * field as 0, knows one event for firewall and NAT, looks at the beginning of payloads only,
   * takes {@code not flags AF} for "neither", and reads other ports from events of layout 1.
   */
  private static boolean isAlike(NfdumpProgram nfdump, Input input, String filter) {
    return nfdump.isLevel()
        || !filter.matches(".*(asa|nat|mpls|payload|ttl|as in|not flags).*")
            && !input.path().toString().matches(".*(nat|nsel).v1-1.6.25.*");
  }

  private static Optional<Totals> totals(NfdumpProgram nfdump, Input input, String filter) {
    try {
      return nfdump.totals(input.options(), filter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What passes; nothing where the filter is refused. */
  private static Optional<Totals> interpreted(List<DecodedFlows> files, String filter) {
    long flows = 0;
    long bytes = 0;
    long packets = 0;
    try {
      for (DecodedFlows file : files) {
        Totals passed = FilterNfdumpTest.interpreted(file, filter);
        flows += passed.flows();
        bytes += passed.bytes();
        packets += passed.packets();
      }
    } catch (FilterException refused) {
      return Optional.empty();
    }
    return Optional.of(new Totals(flows, bytes, packets));
  }
}
