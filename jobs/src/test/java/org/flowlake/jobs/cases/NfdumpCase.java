package org.flowlake.jobs.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One line of a corpus' {@code cases.jsonl}: a question to nfdump and what it answered. */
record NfdumpCase(Path corpus, JsonNode json) {
  static final String LEVEL = "1.7.8";

  static List<NfdumpCase> all(Path corpus) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<NfdumpCase> cases = new ArrayList<>();
    for (String line : Files.readAllLines(corpus.resolve("cases.jsonl"))) {
      if (!line.isBlank()) {
        cases.add(new NfdumpCase(corpus, mapper.readTree(line)));
      }
    }
    return cases;
  }

  String id() {
    return json.path("id").asText();
  }

  String shape() {
    return json.path("shape").asText();
  }

  String zone() {
    return json.path("tz").asText("UTC");
  }

  String filter() {
    return json.path("filter").asText("");
  }

  /** The raw files that the question looks at; folders stand for all files below. */
  List<String> files() {
    return texts("files");
  }

  List<String> args() {
    return texts("args");
  }

  /** nfdump's input options, with the corpus before each path. */
  List<String> inputArgs() {
    List<String> args = new ArrayList<>(texts("input_args"));
    int option = args.contains("-M") ? args.indexOf("-M") : 0;
    args.set(option + 1, corpus + "/" + args.get(option + 1));
    return args;
  }

  /** Whether every version of nfdump refuses the question. */
  boolean isError() {
    return json.path("expected_error").asBoolean();
  }

  /** Whether only other versions than ours answer the question. */
  boolean isOfOtherLevel() {
    return !json.path("expected").has(LEVEL);
  }

  /** Whether nfdump's own output differed between runs. */
  boolean hasUnstableContent() {
    return texts("content_unstable").contains(LEVEL);
  }

  boolean hasUnstableOrder() {
    return texts("row_order_unstable").contains(LEVEL);
  }

  boolean isExact() {
    return json.path("compare").asText().equals("exact");
  }

  boolean hasTieAtCutoff() {
    return json.path("tie_at_cutoff").asBoolean();
  }

  boolean has(String option) {
    return args().contains(option);
  }

  String optionValue(String option) {
    return args().get(args().indexOf(option) + 1);
  }

  String expected() throws IOException {
    return Files.readString(
        corpus.resolve(json.path("expected").path(LEVEL).asText()), StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return id() + " " + String.join(" ", texts("input_args")) + " " + args() + " " + filter();
  }

  private List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    json.path(field).forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
