package org.flowlake.converters.nfcapd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * A folder of real flow files with nfdump's answers, named by the system property {@code
 * flowlake.corpus}: {@code MANIFEST.jsonl} lists the files, {@code expected/dumps} has a listing of
 * each, or of the folder that it lies in.
 */
final class Corpus {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NFCAPD = "nfcapd/";

  private final Path root;

  private Corpus(Path root) {
    this.root = root;
  }

  /** Skips the calling test, with a message, where there is no corpus. */
  static Corpus orSkip() {
    String folder = System.getProperty("flowlake.corpus", "");
    Path root = Path.of(folder);
    Assumptions.assumeTrue(
        !folder.isEmpty() && Files.exists(root.resolve("MANIFEST.jsonl")),
        "no corpus of real flow files at -Dflowlake.corpus=" + folder);
    return new Corpus(root);
  }

  /** An nfcapd file and what the manifest says of it. */
  record Entry(Path file, String name, JsonNode facts) {
    long fact(String fact) {
      return facts.get(fact).asLong();
    }

    String compression() {
      return facts.get("compression").asText();
    }

    boolean layoutOne() {
      return facts.get("layout").asText().equals("v1");
    }

    /** Whether it is what a collector made of packets, in one run, with the clock of that run. */
    boolean madeByCollector() {
      return name.startsWith(NFCAPD + "devices/");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  List<Entry> nfcapdFiles() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode facts : lines("MANIFEST.jsonl")) {
      String path = facts.get("path").asText();
      if (path.startsWith(NFCAPD)) {
        entries.add(new Entry(root.resolve(path), path, facts));
      }
    }
    return entries;
  }

  List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(root.resolve(file))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  Path resolve(String path) {
    return root.resolve(path);
  }

  /** The listing of this file alone; another compression of the same flows has the same. */
  Optional<List<String>> dump(Entry entry, String versionAndFormat) throws IOException {
    String name = entry.file().getFileName().toString();
    String stem = name.endsWith(".nfcapd") ? name.substring(0, name.length() - 7) : name;
    Optional<List<String>> own = dump(stem + "." + versionAndFormat);
    if (own.isPresent()) {
      return own;
    }
    String ending = "-" + entry.compression();
    return stem.endsWith(ending)
        ? dump(stem.substring(0, stem.length() - ending.length()) + "-none." + versionAndFormat)
        : Optional.empty();
  }

  /** The listing of a folder below nfcapd, such as "tree-v1-bz2". */
  Optional<List<String>> folderDump(String folder, String versionAndFormat) throws IOException {
    return dump(folder + "." + versionAndFormat);
  }

  private Optional<List<String>> dump(String name) throws IOException {
    Path dump = root.resolve("expected/dumps").resolve(name + ".gz");
    if (!Files.exists(dump)) {
      return Optional.empty();
    }
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(dump)), StandardCharsets.UTF_8))) {
      return Optional.of(reader.lines().toList());
    }
  }
}
