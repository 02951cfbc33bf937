package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.NfdumpProgram;
import org.flowlake.udfs.anonymize.Anonymization;
import org.flowlake.udfs.anonymize.AnonymizationKey;
import org.flowlake.udfs.anonymize.CryptoPan;
import org.flowlake.udfs.anonymize.Ipv6Scheme;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports with a key: files beside those that the installed nfanon makes of the plain export. */
class AnonymizedExportTest {
  private static final String KEY = "an nfanon key of 32 characters..";
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "none"));

  /** Flows of both IP versions; nfanon 1.7.1 loses those of files with exporters of other ones. */
  private static final Path INPUT = CORPUS.resolve("nfcapd/variants/office-v2-1.7.1-lz4.nfcapd");

  /** nfanon 1.7.1 mixes every further IPv6 address of a record with the one before. */
  private static final String FILTER = "ipv4";

  @TempDir private Path folder;
  private Path key;

  @BeforeEach
  void writeKey() throws IOException {
    assumeTrue(Files.exists(INPUT), "No corpus at " + CORPUS + ": set -Dflowlake.corpus");
    JobsSession.get();
    key = Files.writeString(folder.resolve("key"), KEY + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "-A srcip4/16,dstip,dstport"})
  void nfanonMakesTheSameOfThePlainFile(String shape) throws IOException {
    NfdumpProgram nfdump = NfdumpProgram.orSkip();
    assumeTrue(nfdump.run("-V").contains("1.7.1"), "the scheme asked for is that of 1.7.1");
    Path plain = folder.resolve("plain");
    Path own = folder.resolve("own");
    Path theirs = folder.resolve("theirs");
    export(shape, plain);
    export(shape, own, "--anonymize-key-file", key.toString(), "--anonymize-ipv6", "nfanon-1.7.1");
    run("nfanon", "-q", "-K", KEY, "-r", plain.toString(), "-w", theirs.toString());

    assertThat(records(nfdump, own)).isEqualTo(records(nfdump, theirs)).isNotEmpty();
    assertThat(records(nfdump, own)).isNotEqualTo(records(nfdump, plain));
    assertThat(nfdump.run("-r", own.toString(), "-I"))
        .isEqualTo(nfdump.run("-r", plain.toString(), "-I"));
  }

  @Test
  void tablesHaveTheSameAddresses() throws IOException {
    CryptoPan cryptoPan =
        new CryptoPan(new Anonymization(AnonymizationKey.parse(KEY), Ipv6Scheme.NFANON_1_7_8));
    List<Row> plain = table("list", "plain.parquet");
    List<Row> own = table("list", "own.parquet", "--anonymize-key-file", key.toString());
    assertThat(own).hasSameSizeAs(plain).isNotEmpty();
    assertThat(own.stream().map(row -> row.getString(0)).sorted().toList())
        .isEqualTo(plain.stream().map(row -> anonymous(row, cryptoPan)).sorted().toList());

    List<Row> groups =
        table(
            "aggregate",
            "groups.parquet",
            "--keys",
            "srcip",
            "--anonymize-key-file",
            key.toString());
    assertThat(groups.stream().map(row -> row.<String>getAs("src_addr")).sorted().toList())
        .isEqualTo(
            plain.stream().map(row -> anonymous(row, cryptoPan)).distinct().sorted().toList());
  }

  private static String anonymous(Row row, CryptoPan cryptoPan) {
    IpAddress address = IpAddress.parse(row.getString(0));
    byte[] bytes = cryptoPan.address(address.toBytes(), address.ipVersion());
    return IpAddress.text(bytes, address.ipVersion());
  }

  private List<Row> table(String command, String name, String... options) {
    List<String> words =
        new ArrayList<>(List.of(command, "--input", INPUT.toString(), "--filter", "ipv4 or ipv6"));
    words.addAll(List.of("--out", folder.resolve(name).toString()));
    if (command.equals("list")) {
      words.addAll(List.of("--columns", "src_addr"));
    }
    words.addAll(List.of(options));
    assertThat(answer(words)).isEqualTo(ExitCode.OK);
    return JobsSession.get().read().parquet(folder.resolve(name).toString()).collectAsList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dump -r INPUT -s srcip",
        "list --input INPUT",
        "aggregate --input INPUT --keys srcip",
        "top --input INPUT --by srcip --out FOLDER/top.csv"
      })
  void aKeyThatWouldChangeNothingIsRefused(String words) {
    List<String> all = new ArrayList<>();
    for (String word : words.split(" ")) {
      all.add(word.replace("INPUT", INPUT.toString()).replace("FOLDER", folder.toString()));
    }
    all.addAll(List.of("--anonymize-key-file", key.toString()));
    assertThat(answer(all)).isEqualTo(ExitCode.USAGE);
    assertThat(folder.resolve("top.csv")).doesNotExist();
  }

  private static void export(String shape, Path target, String... options) {
    List<String> words =
        new ArrayList<>(List.of("dump", "-r", INPUT.toString(), "-w", target.toString()));
    words.addAll(shape.isEmpty() ? List.of() : List.of(shape.split(" ")));
    words.addAll(List.of(options));
    words.add(FILTER);
    assertThat(answer(words)).isEqualTo(ExitCode.OK);
  }

  private static int answer(List<String> words) {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return FlowlakeCommand.execute(out, words.toArray(String[]::new));
  }

  private static void run(String... words) throws IOException {
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getInputStream().readAllBytes();
    process.onExit().join();
    assertThat(process.exitValue()).as(Arrays.toString(words)).isZero();
  }

  /** The raw listing, a record a text, without its number, in order of text. */
  private static List<String> records(NfdumpProgram nfdump, Path file) throws IOException {
    return Arrays.stream(
            nfdump.run("-r", file.toString(), "-q", "-o", "raw").split("Flow Record: *\n"))
        .map(record -> record.replaceFirst(" +RecordCount .*\n", "").strip())
        .filter(record -> !record.isEmpty())
        .sorted()
        .toList();
  }
}
