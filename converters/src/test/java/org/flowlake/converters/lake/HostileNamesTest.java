package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFile;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowFile;
import org.flowlake.converters.io.LocalFlowOutput;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.converters.nfcapd.NfcapdWriter;
import org.flowlake.converters.source.NfcapdFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that raw files carry are kept as text and never lead anywhere. */
class HostileNamesTest {
  private static final Path SMALL =
      Path.of(System.getProperty("flowlake.corpus", "none"))
          .resolve("nfcapd/real/chrispassas-small-lzo.nfcapd");
  private static final long SMALL_FLOWS = 10;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "/etc/flowlake-x", "a/b", "${user.home}", "x' or '1'='1"})
  void anIdentIsNoPath(String ident) throws IOException {
    Path raw = Files.createDirectory(folder.resolve("raw")).resolve("nfcapd.201908010000");
    write(raw, ident);

    FlowLake lake = convert(raw);

    List<Row> sources = lake.sources().select("ident", "path").collectAsList();
    assertThat(sources).hasSize(1);
    assertThat(sources.get(0).getString(0)).isEqualTo(ident);
    assertThat(lake.flows().count()).isEqualTo(SMALL_FLOWS);
    assertNothingBesideTheLake(raw);
    assertThat(Path.of("/etc/flowlake-x")).doesNotExist();
  }

  /** Of a file's name only its own characters count, whatever they mean to a shell or in a URI. */
  @Test
  void aFileNameIsNoPathEither() throws IOException {
    Path raw = Files.createDirectory(folder.resolve("raw"));
    List<String> names =
        List.of("nfcapd.%2e%2e%2fx", "nfcapd. $(touch x) `touch x`", "nfcapd.x'y\"z#?&=");
    for (String name : names) {
      write(raw.resolve(name), name);
    }

    FlowLake lake = convert(raw);

    assertThat(lake.sources().select("ident").collectAsList().stream().map(r -> r.getString(0)))
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(lake.flows().count()).isEqualTo(names.size() * SMALL_FLOWS);
    assertThat(new LakeVerification(LocalSpark.start(), lake).run(true).differences()).isEmpty();
    assertNothingBesideTheLake(names.stream().map(raw::resolve).toArray(Path[]::new));
  }

  private FlowLake convert(Path input) throws IOException {
    SparkSession spark = LocalSpark.start();
    String lake = folder.resolve("at/some/depth/lake").toString();
    new LakeConversion(
            spark,
            new ConversionRequest(
                lake, List.of(input.toString()), DamagePolicy.FAIL, MismatchPolicy.FAIL))
        .run();
    return FlowLake.open(spark, lake);
  }

  private void assertNothingBesideTheLake(Path... raw) throws IOException {
    Path lake = folder.resolve("at/some/depth/lake");
    try (Stream<Path> found = Files.walk(folder)) {
      assertThat(found.filter(Files::isRegularFile).filter(file -> !file.startsWith(lake)))
          .containsExactlyInAnyOrder(raw);
    }
    try (Stream<Path> tables = Files.list(lake)) {
      assertThat(tables.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("flows", "sources", "rollups", ".flowlake-write.lock");
    }
  }

  /** The flows of a file of the corpus under another ident. */
  private static void write(Path target, String ident) throws IOException {
    assumeTrue(Files.exists(SMALL), "No corpus: set -Dflowlake.corpus");
    FlowBatch flows = new FlowBatch(FlowField.ofGroups(Set.of()), 16);
    try (FlowFile opened = new NfcapdFormat().open(LocalFlowFile.open(SMALL), DamagePolicy.FAIL);
        FlowReader reader = opened.flows(1)) {
      while (reader.readBlock(flows)) {
        // The batch keeps all blocks.
      }
    }
    try (NfcapdWriter writer =
        new NfcapdWriter(LocalFlowOutput.create(target), BlockEncoding.NONE, Instant.EPOCH)) {
      writer.flows(flows);
      writer.finish(ident);
    }
  }
}
