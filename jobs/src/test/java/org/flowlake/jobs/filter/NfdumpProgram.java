package org.flowlake.jobs.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * The program that filters are compared with: {@code nfdump}, or what the property {@code
 * flowlake.nfdump} names.
 *
 * @param isLevel whether it is 1.7.8, the level of our answers
 */
record NfdumpProgram(String name, boolean isLevel) {
  private static final int REFUSED = 254;
  private static final Pattern SUMMARY =
      Pattern.compile(
          "total bytes: (\\d+), total packets: (\\d+),.*processed: \\d+, passed: (\\d+),",
          Pattern.DOTALL);

  /** What a filter lets pass. */
  record Totals(long flows, long bytes, long packets) {}

  private record Output(int status, String text) {}

  /** Skips the calling test, with a message, where there is none of the 1.7 series. */
  static NfdumpProgram orSkip() {
    String name = System.getProperty("flowlake.nfdump", "nfdump");
    String version;
    try {
      version = run(List.of(name, "-V")).text();
    } catch (IOException e) {
      version = e.getMessage();
    }
    Assumptions.assumeTrue(version.contains("1.7."), "no nfdump 1.7 on this machine: " + version);
    return new NfdumpProgram(name, version.contains("1.7.8"));
  }

  /** What passes the filter; nothing where the filter is refused or the input cannot be read. */
  Optional<Totals> totals(List<String> input, String filter) throws IOException {
    List<String> arguments = new ArrayList<>(input);
    arguments.addAll(List.of("-N", "-o", "null", filter));
    Matcher summary = SUMMARY.matcher(ask(arguments).text());
    return summary.find()
        ? Optional.of(
            new Totals(
                Long.parseLong(summary.group(3)),
                Long.parseLong(summary.group(1)),
                Long.parseLong(summary.group(2))))
        : Optional.empty();
  }

  /**
   * The flows that pass, of a file whose flow number i was received i milliseconds after {@link
   * FilterTestFlows#FIRST_MILLIS}; nothing where the filter is refused.
   */
  Optional<BitSet> flows(Path file, String filter) throws IOException {
    Output output = ask(List.of("-q", "-r", file.toString(), "-o", "fmt:%trr", filter));
    if (output.status() == REFUSED) {
      return Optional.empty();
    }
    BitSet flows = new BitSet();
    for (String line : output.text().split("\n")) {
      if (line.strip().equals("0.000")) {
        continue; // the outer header of a tunnel is a line of its own, in 1.7.1 without a time
      }
      if (line.matches("[0-9]+[.][0-9]{3}")) {
        flows.set((int) (Long.parseLong(line.replace(".", "")) - FilterTestFlows.FIRST_MILLIS));
      } else if (!line.isBlank() && !line.equals("No matching flows")) {
        throw new IOException(name + " says of '" + filter + "': " + output.text());
      }
    }
    return Optional.of(flows);
  }

  private Output ask(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(arguments);
    return run(command);
  }

  private static Output run(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Output(process.waitFor(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command + " ran", e);
    }
  }
}
