package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.udfs.anonymize.Anonymization;
import org.flowlake.udfs.anonymize.AnonymizationKey;
import org.flowlake.udfs.anonymize.CryptoPan;
import org.flowlake.udfs.anonymize.Ipv6Scheme;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversions with a key; that addresses are nfanon's is shown by {@code NfanonTest}. */
class AnonymizedLakeTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "none"));
  private static final Path NFCAPD = CORPUS.resolve("nfcapd");
  private static final String KEY = "the key of this test, 32 letters";

  /** 2,035 flows between two hosts. */
  private static final Path SCAN = NFCAPD.resolve("real/nfcapd.201705281555");

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    assumeTrue(Files.isDirectory(NFCAPD), "No corpus at " + CORPUS + ": set -Dflowlake.corpus");
    spark = LocalSpark.start();
  }

  private String lake(String name) {
    return folder.resolve(name).toString();
  }

  private static void convert(String lake, Optional<Anonymization> how, Path input)
      throws IOException {
    new LakeConversion(
            spark,
            new ConversionRequest(
                lake,
                List.of(input.toString()),
                DamagePolicy.FAIL,
                MismatchPolicy.FAIL,
                ConversionScope.ALL,
                how))
        .run();
  }

  private static Optional<Anonymization> key(String text) {
    return Optional.of(
        new Anonymization(AnonymizationKey.parse(text), Ipv6Scheme.PREFIX_PRESERVING));
  }

  @Test
  void everyAddressIsReplacedAndCountsStay() throws IOException {
    convert(lake("plain"), Optional.empty(), SCAN);
    convert(lake("anonymous"), key(KEY), SCAN);

    CryptoPan cryptoPan = new CryptoPan(key(KEY).get());
    List<String> expected =
        hosts(lake("plain")).stream()
            .map(row -> name(cryptoPan.address(row.getAs(0), row.getInt(1))) + row.getLong(2))
            .sorted()
            .toList();
    List<String> found =
        hosts(lake("anonymous")).stream()
            .map(row -> name(row.getAs(0)) + row.getLong(2))
            .sorted()
            .toList();
    assertThat(found).isEqualTo(expected).isNotEmpty();
    assertThat(
            FlowLake.open(spark, lake("anonymous"))
                .flows()
                .filter(col("record_flags").bitwiseAND(4).equalTo(0))
                .count())
        .isZero();
  }

  @Test
  void exportersAreAnonymousInTheLedgerAndPayloadsAreTakenOut() throws IOException {
    Path nat = NFCAPD.resolve("devices/v9-akvorado-nat.v2-1.7.8.nfcapd");
    Path payloads = NFCAPD.resolve("payload");
    convert(lake("plain"), Optional.empty(), nat);
    convert(lake("anonymous"), key(KEY), nat);
    convert(lake("anonymous"), key(KEY), payloads);

    List<String> plain = exporters(lake("plain"));
    assertThat(plain).isNotEmpty();
    assertThat(exporters(lake("anonymous"))).isNotEmpty().doesNotContainAnyElementsOf(plain);
    assertThat(
            FlowLake.open(spark, lake("anonymous"))
                .flows()
                .filter("in_payload is not null")
                .count())
        .isZero();
  }

  @Test
  void aLakeHoldsAddressesOfOneKind() throws IOException {
    Path other = NFCAPD.resolve("real/chrispassas-small-lzo.nfcapd");
    convert(lake("lake"), key(KEY), SCAN);
    long flows = FlowLake.open(spark, lake("lake")).flows().count();

    assertThatThrownBy(() -> convert(lake("lake"), Optional.empty(), other))
        .hasMessageContaining("this conversion's would be in the clear; nothing was converted");
    assertThatThrownBy(() -> convert(lake("lake"), key(KEY.toUpperCase(Locale.ROOT)), other))
        .hasMessageContaining("the lake's addresses are anonymised with key ");
    assertThat(FlowLake.open(spark, lake("lake")).flows().count()).isEqualTo(flows);
  }

  @Test
  void theKeyIsInNoFileOfTheLake() throws IOException {
    convert(lake("lake"), key(KEY), SCAN);

    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes.contains(KEY)).as(file.toString()).isFalse();
      }
    }
  }

  private static List<Row> hosts(String lake) throws IOException {
    return FlowLake.open(spark, lake)
        .flows()
        .groupBy("src_addr", "ip_version")
        .count()
        .collectAsList();
  }

  private static String name(byte[] address) {
    return IpAddress.text(address) + " ";
  }

  private static List<String> exporters(String lake) throws IOException {
    return FlowLake.open(spark, lake)
        .sources()
        .selectExpr("explode(exporters.address)")
        .filter("col is not null")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
