package org.flowlake.converters.lake;

import static java.lang.ProcessBuilder.Redirect.DISCARD;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What nfdump (1.7, the installed one) counts in a raw file. */
record NfdumpTotals(long flows, long packets, long bytes) {
  static final NfdumpTotals NONE = new NfdumpTotals(0, 0, 0);

  private static final Map<Path, NfdumpTotals> COUNTED = new ConcurrentHashMap<>();

  /** Counts a file, which must not change from then on. */
  static NfdumpTotals of(Path file) throws IOException {
    NfdumpTotals known = COUNTED.get(file);
    if (known == null) {
      Map<String, Long> figures = new TreeMap<>();
      for (String line : text("-I", "-r", file.toString()).split("\n")) {
        if (line.matches("(Flows|Packets|Bytes): \\d+")) {
          figures.put(line.replaceAll(":.*", ""), Long.valueOf(line.replaceAll(".* ", "")));
        }
      }
      known = new NfdumpTotals(figures.get("Flows"), figures.get("Packets"), figures.get("Bytes"));
      COUNTED.put(file, known);
    }
    return known;
  }

  NfdumpTotals plus(NfdumpTotals more) {
    return new NfdumpTotals(flows + more.flows, packets + more.packets, bytes + more.bytes);
  }

  static boolean isThere() {
    try {
      return text("-V").contains("1.7.");
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("nfdump"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectError(DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
