package org.flowlake.converters.nfcapd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFile;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowFile;
import org.flowlake.converters.source.AnonymizedFormat;
import org.flowlake.converters.source.FlowFormat;
import org.flowlake.converters.source.NfcapdFormat;
import org.flowlake.udfs.anonymize.Anonymization;
import org.flowlake.udfs.anonymize.AnonymizationKey;
import org.flowlake.udfs.anonymize.Ipv6Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that the installed nfanon has anonymised, against the same files anonymised as they are
 * decoded: Debian's 1.7.1, or the one that the environment variable {@code NFANON} names (with
 * {@code NFDUMP} of the same version).
 *
 * <p>Of 1.7.1, IPv4 addresses and IPv6 source addresses are compared: it mixes each further IPv6
 * address of a record with the one before, so that a destination has as many anonymous addresses as
 * there are sources. It also loses the flows of files with exporter records of other versions,
 * therefore {@code nfdump -w} writes the files anew before.
 */
class NfanonTest {
  private static final String KEY = "an nfanon key of 32 characters..";
  private static final String PROGRAM =
      Optional.ofNullable(System.getenv("NFANON")).orElse("nfanon");

  @TempDir private Path folder;

  @Test
  void addressesOfTheSameKeyAreTheSame() throws IOException {
    Nfdump nfdump = Nfdump.orSkip();
    boolean debian = nfdump.run("-V").contains("1.7.1");
    Ipv6Scheme scheme = debian ? Ipv6Scheme.NFANON_1_7_1 : Ipv6Scheme.NFANON_1_7_8;
    Anonymization how = new Anonymization(AnonymizationKey.parse(KEY), scheme);
    Set<FlowField> compared = EnumSet.noneOf(FlowField.class);
    long flows = 0;
    for (Path file : files(Corpus.orSkip())) {
      Path plain = folder.resolve("plain");
      Path anonymous = folder.resolve("anonymous");
      nfdump.run("-q", "-r", file.toString(), "-w", plain.toString());
      List<String> quiet = debian ? List.of("-q") : List.of("-v", "0");
      List<String> arguments = new ArrayList<>(quiet);
      arguments.addAll(List.of("-K", KEY, "-r", plain.toString(), "-w", anonymous.toString()));
      Nfdump.runProgram(PROGRAM, arguments.toArray(String[]::new));

      FlowBatch expected = read(anonymous, new NfcapdFormat());
      FlowBatch decoded = read(plain, new AnonymizedFormat(new NfcapdFormat(), how));

      assertThat(addresses(decoded, debian, compared))
          .as(file.toString())
          .isEqualTo(addresses(expected, debian, compared));
      flows += expected.size();
    }
    assertThat(flows).isGreaterThan(10_000);
    assertThat(compared)
        .contains(
            FlowField.SRC_ADDR,
            FlowField.DST_ADDR,
            FlowField.NEXT_HOP,
            FlowField.BGP_NEXT_HOP,
            FlowField.EXPORTER_ADDR,
            FlowField.NAT_SRC_ADDR,
            FlowField.NAT_DST_ADDR);
  }

  /** What nfdump 1.7.1 reads: files of 1.6 and its own. */
  private static List<Path> files(Corpus corpus) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> devices = Files.list(corpus.resolve("nfcapd/devices"))) {
      devices
          .filter(file -> file.toString().contains(".v1-"))
          // Its BGP next hops are IPv4-mapped IPv6 addresses, which the table holds as IPv4.
          .filter(file -> !file.toString().contains("ipfix-cisco-mpls"))
          .forEach(files::add);
    }
    files.add(corpus.resolve("nfcapd/variants/office-v1-1.6.25-none.nfcapd"));
    files.add(corpus.resolve("nfcapd/variants/office-v2-1.7.1-lz4.nfcapd"));
    return files;
  }

  private static FlowBatch read(Path file, FlowFormat format) throws IOException {
    FlowBatch batch = new FlowBatch(FlowView.ALL_FIELDS, 1 << 12);
    try (FlowFile opened = format.open(LocalFlowFile.open(file), DamagePolicy.FAIL);
        FlowReader reader = opened.flows(1)) {
      while (reader.readBlock(batch)) {
        // The batch keeps all blocks.
      }
    }
    return batch;
  }

  /** A line per flow, in order of text: a writer with several threads mixes blocks. */
  private static List<String> addresses(FlowBatch flows, boolean debian, Set<FlowField> found) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < flows.size(); row++) {
      FlowView flow = new FlowView(flows, row);
      StringBuilder line = new StringBuilder();
      line.append(flow.number(FlowField.FIRST_SEEN)).append(' ');
      for (FlowField field : FlowView.ALL_FIELDS) {
        if (field.type() == FlowType.ADDRESS
            && flow.has(field)
            && isComparable(flow, field, debian)) {
          line.append(field).append(' ').append(flow.address(field)).append(' ');
          found.add(field);
        }
      }
      rows.add(line.toString());
    }
    rows.sort(null);
    return rows;
  }

  private static boolean isComparable(FlowView flow, FlowField field, boolean debian) {
    boolean leftByNfanon = field == FlowField.TUN_SRC_ADDR || field == FlowField.TUN_DST_ADDR;
    boolean mixed = debian && field != FlowField.SRC_ADDR && flow.address(field).contains(":");
    return !leftByNfanon && !mixed;
  }
}
