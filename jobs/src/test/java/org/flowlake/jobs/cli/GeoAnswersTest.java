package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Countries and AS from databases (resources/geo), against the recorded text of nfdump 1.7.8 with a
 * database of the same networks.
 */
class GeoAnswersTest {
  private static final Path ROOT = Path.of(System.getProperty("flowlake.root"));
  private static final String DATABASES =
      ROOT.resolve("jobs/src/test/resources/geo/city.mmdb")
          + ","
          + ROOT.resolve("jobs/src/test/resources/geo/asn.mmdb");
  private static final Path FLOWS =
      Path.of(
          System.getProperty("flowlake.corpus", "."),
          "nfcapd/payload/one-hour-v2-1.7.8-fat-payload-zstd.nfcapd");

  @BeforeAll
  static void corpusIsThere() {
    assumeTrue(Files.exists(FLOWS), "no " + FLOWS + "; set -Dflowlake.corpus=DIR");
  }

  @ParameterizedTest
  @CsvSource({
    "geo CH, 67",
    "src geo us, 4",
    "as 64496, 67",
    "dst as 64497, 3",
    "as 0, 864",
    "not geo US, 874"
  })
  void filtersPassAsManyFlowsAsNfdumps(String filter, int flows) {
    List<String> answer = answer("-o", "csv:%sa", filter);
    assertThat(answer.stream().filter(line -> line.matches(".*[.:].*"))).hasSize(flows);
  }

  @Test
  void defaultOutputShowsCountries() {
    assertThat(answer("-c", "2").subList(0, 3))
        .containsExactly(
            "Date first seen         Duration         Proto      Src IP Addr(..):Port          Dst"
                + " IP Addr(..):Port   Packets    Bytes Flows",
            "2024-03-13 09:15:47.363     00:00:00.222 TCP      10.206.131.18(US):58657 ->   "
                + " 10.206.65.249(US):443          5     1016     1",
            "2024-03-13 09:26:52.012     00:00:00.000 TCP      35.174.82.237(..):11095 ->  "
                + " 192.168.242.15(CH):63340        1       40     1");
  }

  @Test
  void tokensAreNfdumps() {
    assertThat(answer("-q", "-c", "2", "-o", "fmt:%sc|%dc|%sloc|%sasn|%sas|%gsa|%gsap"))
        .containsExactly(
            "US|US|NA/US/California long/lat: 37.7510/-97.8220|                     Other Ltd|"
                + " 64497|   10.206.131.18(US)|   10.206.131.18(US):58657",
            "..|CH|<no location info>|                          none|     0|   35.174.82.237(..)|  "
                + " 35.174.82.237(..):11095");
  }

  @Test
  void statisticsAreNfdumps() {
    assertThat(
            answer("-q", "-s", "srcgeo", "-s", "geo/bytes", "-s", "srcasn", "-s", "ip", "-n", "2"))
        .containsExactly(
            "2024-03-13 09:10:38.761     00:54:17.934 any                      ..      846(96.2)   "
                + "   997(58.8)   230185(75.1)        0      565   230",
            "2024-03-13 09:13:08.653     00:51:47.970 any                      CH       29( 3.3)   "
                + "   672(39.6)    70429(23.0)        0      181   104",
            "2024-03-13 09:10:38.761     00:54:17.934 any                      ..     1671(190.1)  "
                + "   2005(118.3)   442804(144.5)        0     1087   220",
            "2024-03-13 09:13:08.653     00:51:48.042 any                      CH       80( 9.1)   "
                + "  1333(78.6)   151628(49.5)        0      390   113",
            "2024-03-13 09:10:38.761     00:54:17.934 any                                       not"
                + " found               846(96.2)      997(58.8)   230185(75.1)        0      565  "
                + " 230",
            "2024-03-13 09:13:08.653     00:51:47.970 any                                     "
                + " Example AG AS64496        29( 3.3)      672(39.6)    70429(23.0)        0     "
                + " 181   104",
            "2024-03-13 09:29:36.952     00:00:01.437 any           127.0.0.1(..)     1594(181.3)  "
                + "   1594(94.0)   359690(117.4)     1109    2.0 M   225",
            "2024-03-13 09:26:51.951     00:38:04.744 any      192.168.242.15(CH)       49( 5.6)   "
                + "   239(14.1)    31504(10.3)        0      110   131");
  }

  @Test
  void groupsOfCountriesAndSystemsAreNfdumps() {
    assertThat(answer("-q", "-A", "srcgeo", "-O", "bytes"))
        .containsExactly(
            "2024-03-13 09:10:38.761     00:54:17.934  ..       997   230185      565    230   846",
            "2024-03-13 09:13:08.653     00:51:47.970  CH       672    70429      181    104    29",
            "2024-03-13 09:15:47.363     00:26:04.994  US        26     5753       29    221    "
                + " 4");
    assertThat(answer("-A", "srcgeo,dstgeo", "-O", "bytes", "-o", "csv"))
        .containsExactly(
            "firstSeen,duration,srcGeo,dstGeo,packets,bytes,bps,bpp,flows",
            "2024-03-13 09:10:38.761,2995.363,..,..,807,180663,482,223,807",
            "2024-03-13 09:13:08.725,3107.970,..,CH,175,41833,107,239,38",
            "2024-03-13 09:42:46.822,660.428,CH,CH,486,39366,476,81,13",
            "2024-03-13 09:13:08.653,3107.970,CH,..,186,31063,79,167,16",
            "2024-03-13 09:41:37.851,14.537,..,US,15,7689,4231,512,1",
            "2024-03-13 09:15:47.363,0.222,US,US,11,4860,175135,441,2",
            "2024-03-13 09:29:03.232,769.125,US,..,15,893,9,59,2");
    assertThat(answer("-q", "-A", "srcasn", "-O", "bytes"))
        .containsExactly(
            "2024-03-13 09:10:38.761     00:54:17.934                            none       997  "
                + " 230185      565    230   846",
            "2024-03-13 09:13:08.653     00:51:47.970                      Example AG       672   "
                + " 70429      181    104    29",
            "2024-03-13 09:15:47.363     00:26:04.994                       Other Ltd        26    "
                + " 5753       29    221     4");
    assertThat(answer("-q", "-A", "srcip,srcgeo", "-O", "bytes", "-n", "2"))
        .containsExactly(
            "2024-03-13 09:29:36.952     00:00:01.437         127.0.0.1(..) ..       797   179845  "
                + "  1.0 M    225   797",
            "2024-03-13 09:42:46.823     00:00:05.034     192.168.0.241(CH) CH       258    27170  "
                + "  43178    105     1");
    assertThat(answer("-q", "-A", "dstasn,srcgeo", "-O", "bytes", "-n", "2"))
        .containsExactly(
            "2024-03-13 09:10:38.761     00:49:55.363                            none ..       807 "
                + "  180663      482    223   807",
            "2024-03-13 09:13:08.725     00:51:47.970                      Example AG ..       175 "
                + "   41833      107    239    38");
  }

  /** One bin holds all of it, so that the counters are those above. */
  @Test
  void countriesGoWithBins() {
    assertThat(
            answer(
                "-A", "srcgeo", "-O", "bytes", "--bin", "1w", "--distinct", "proto", "-o", "csv"))
        .element(1)
        .isEqualTo(
            "2024-03-11 00:00:00.000,2024-03-13 09:10:38.761,3257.934,..,997,230185,565,230,846,2");
  }

  @Test
  void countriesNeedADatabase() {
    assertThat(status("-G", "none", "-r", FLOWS.toString(), "-A", "srcgeo"))
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void jsonNamesTheCountry() {
    assertThat(answer("-s", "ip", "-n", "1", "-o", "json"))
        .first()
        .isEqualTo(
            "{ \"first\" : \"2024-03-13T09:29:36.952\", \"last\" : \"2024-03-13T09:29:38.389\","
                + " \"proto\" : 0, \"ip\" : \"127.0.0.1\", \"geo\" : \"..\",\"flows\" : 1594,"
                + " \"packets\" : 1594, \"bytes\" : 359690, \"pps\" : 1109, \"bps\" : 2002449,"
                + " \"bpp\" : 225}");
  }

  @Test
  void unreadableDatabaseIsNamed() {
    assertThat(status("-G", FLOWS.toString(), "-r", FLOWS.toString())).isEqualTo(ExitCode.INPUT);
  }

  private static List<String> answer(String... question) {
    List<String> words =
        new ArrayList<>(List.of("-G", DATABASES, "--tz", "UTC", "-r", FLOWS.toString()));
    words.addAll(List.of(question));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(run(out, words)).isEqualTo(ExitCode.OK);
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static int status(String... words) {
    return run(new ByteArrayOutputStream(), List.of(words));
  }

  private static int run(ByteArrayOutputStream out, List<String> words) {
    List<String> all = new ArrayList<>(List.of("dump"));
    all.addAll(words);
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return FlowlakeCommand.execute(stream, all.toArray(String[]::new));
  }
}
