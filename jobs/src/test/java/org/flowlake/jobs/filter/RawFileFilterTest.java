package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.cli.FlowlakeCommand;
import org.flowlake.jobs.filter.FilterTestFlows.Flow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Terms that ask for the file a flow is from or its place in it, and the explanation with -X. */
class RawFileFilterTest {
  @TempDir static Path folder;

  private static Path raw;
  private static String lake;

  /** Three flows from {@code gw1}, then two from {@code gw2}. */
  @BeforeAll
  static void writeFiles() throws IOException {
    JobsSession.get();
    raw = Files.createDirectory(folder.resolve("raw"));
    List<Flow> flows = FilterTestFlows.records(5, 3, 0, NfdumpTerms.ADDRESSES);
    FilterTestFile.write(raw.resolve("nfcapd.202403110800"), flows.subList(0, 3), "gw1");
    FilterTestFile.write(raw.resolve("nfcapd.202403110900"), flows.subList(3, 5), "gw2");
    lake = folder.resolve("lake").toString();
    assertThat(run("convert", "--lake", lake, raw.toString()).status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "ident gw1, 0 1 2",
    "ident gw2, 3 4",
    "not ident gw1, 3 4",
    "ident gw1 or ident gw2, 0 1 2 3 4",
    "ident gw, ''",
    "ident none, ''",
    "ident gw1 and not any, ''"
  })
  void identIsThatOfTheFileInRawFilesAndInTheLake(String filter, String expected) {
    assertThat(flows(List.of("-R", raw.toString()), filter)).isEqualTo(expected);
    assertThat(flows(List.of("--lake", lake), filter)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "count < 3, 0 1",
    "count 4, 3",
    "not count > 1, 0",
    "ident gw2 and count >= 5, 4",
    "count > 5, ''"
  })
  void countGoesOnFromFileToFile(String filter, String expected) {
    assertThat(flows(List.of("-R", raw.toString()), filter)).isEqualTo(expected);
  }

  @Test
  void aLakeCannotSayTheRunningNumber() {
    assertThat(run("dump", "--lake", lake, "count < 3").status()).isNotZero();
  }

  @Test
  void explanationShowsTheFilterTheColumnsAndWhatIsPushed() {
    Output explained = run("dump", "-X", "--lake", lake, "SRC PORT 80 or bpp>10");
    assertThat(explained.status()).isZero();
    assertThat(explained.text())
        .startsWith("Filter\n  src port 80 or bpp > 10\n")
        .contains("Bound to columns\n", "src_port = 80", "Pushed to the scan\n")
        .contains("Tested on every flow that the scan returns\n");
  }

  private record Output(int status, String text) {}

  private static Output run(String... args) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    int status = FlowlakeCommand.execute(out, args);
    out.flush();
    return new Output(status, bytes.toString(StandardCharsets.UTF_8));
  }

  /** The numbers of the flows that pass: flow i was received i milliseconds after the first. */
  private static String flows(List<String> input, String filter) {
    List<String> args = new ArrayList<>(List.of("dump", "-q", "-o", "fmt:%trr"));
    args.addAll(input);
    args.add(filter);
    Output output = run(args.toArray(String[]::new));
    assertThat(output.status()).isZero();
    return output
        .text()
        .lines()
        .filter(line -> line.matches(" *[0-9]+[.][0-9]{3} *"))
        .map(line -> Long.parseLong(line.strip().replace(".", "")) - FilterTestFlows.FIRST_MILLIS)
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
