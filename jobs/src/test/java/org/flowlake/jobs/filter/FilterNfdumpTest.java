package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.jobs.filter.NfdumpProgram.Totals;
import org.junit.jupiter.api.Test;

/**
 * Asks nfdump itself: for filters made from the flows of each corpus file, it must pass as many
 * flows, bytes and packets as our interpreter does.
 *
 * <p>The program is {@code nfdump}, or what the property {@code flowlake.nfdump} names; {@code
 * flowlake.nfdump.filters} sets how many filters are asked of each file.
 */
class FilterNfdumpTest {
  private static final int FILTERS = Integer.getInteger("flowlake.nfdump.filters", 10);

  /** What every nfdump of the 1.7 series decides alike, and we too. */
  private static final Set<FilterPrimitive> COMMON =
      EnumSet.of(
          FilterPrimitive.ANY,
          FilterPrimitive.IPV4,
          FilterPrimitive.IPV6,
          FilterPrimitive.IP,
          FilterPrimitive.NET,
          FilterPrimitive.PROTO,
          FilterPrimitive.PORT,
          FilterPrimitive.TOS,
          FilterPrimitive.FLAGS,
          FilterPrimitive.PACKETS,
          FilterPrimitive.BYTES,
          FilterPrimitive.PPS,
          FilterPrimitive.BPS,
          FilterPrimitive.BPP,
          FilterPrimitive.DURATION);

  /**
   * What is left out even with nfdump 1.7.8: see docs/compatibility.md for {@code flows}, MPLS
   * labels and the running number.
   */
  private static final Set<FilterPrimitive> DIFFERENT =
      EnumSet.of(
          FilterPrimitive.FLOWS,
          FilterPrimitive.COUNT,
          FilterPrimitive.IDENT,
          FilterPrimitive.LABEL,
          FilterPrimitive.EXPORT_VERSION,
          FilterPrimitive.MPLS_LABEL,
          FilterPrimitive.MPLS_EXP,
          FilterPrimitive.MPLS_END,
          FilterPrimitive.GEO,
          FilterPrimitive.TLS_DEFINED,
          FilterPrimitive.TLS_VERSION,
          FilterPrimitive.SSL_VERSION,
          FilterPrimitive.TLS_SNI,
          FilterPrimitive.JA3_DEFINED,
          FilterPrimitive.JA3,
          FilterPrimitive.JA4_DEFINED,
          FilterPrimitive.JA4,
          FilterPrimitive.DNS_DEFINED,
          FilterPrimitive.DNS_NAME,
          FilterPrimitive.DNS_ADDRESS);

  /** nfdump 1.7.1 and 1.7.8 read other ports from the NAT events of this file of layout 1. */
  private static final String NAT_EVENTS = "v9-akvorado-nat.v1-1.6.25.nfcapd";

  @Test
  void nfdumpPassesTheSameFlows() throws Exception {
    Path corpus = Path.of(System.getProperty("flowlake.corpus", ""));
    assumeTrue(Files.isDirectory(corpus.resolve("nfcapd")), "no corpus at " + corpus);
    NfdumpProgram nfdump = NfdumpProgram.orSkip();
    boolean current = nfdump.isLevel();
    Set<FilterPrimitive> primitives =
        current ? EnumSet.complementOf(EnumSet.copyOf(DIFFERENT)) : COMMON;
    // nfdump before 1.7.8 compares 0 where a flow lacks an extension
    Set<FlowFieldGroup> groups =
        current ? EnumSet.allOf(FlowFieldGroup.class) : EnumSet.of(FlowFieldGroup.CORE);
    List<String> differences = new ArrayList<>();
    int asked = 0;
    int matched = 0;
    for (Path file : files(corpus)) {
      if (!current && file.endsWith(NAT_EVENTS)) {
        continue;
      }
      DecodedFlows flows = DecodedFlows.of(file);
      Totals all = nfdump.totals(List.of("-r", file.toString()), "any").orElse(null);
      if (flows.size() == 0 || all == null || all.flows() != flows.size()) {
        continue; // an older nfdump does not read every newer file
      }
      SampledFilters filters =
          new SampledFilters(new Random(file.getFileName().hashCode()), flows, primitives, groups);
      for (int i = 0; i < FILTERS; i++) {
        String filter = filters.filter();
        Totals theirs = nfdump.totals(List.of("-r", file.toString()), filter).orElse(null);
        if (theirs == null) {
          continue;
        }
        Totals ours = interpreted(flows, filter);
        asked++;
        matched += ours.flows() > 0 && ours.flows() < flows.size() ? 1 : 0;
        if (!ours.equals(theirs)) {
          differences.add(
              corpus.relativize(file)
                  + ": "
                  + filter
                  + "\n  nfdump "
                  + theirs
                  + "\n  ours   "
                  + ours);
        }
      }
    }
    assertThat(asked).isGreaterThan(FILTERS);
    assertThat(differences).as("%d asked, %d with some flows", asked, matched).isEmpty();
  }

  private static List<Path> files(Path corpus) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("devices", "real", "payload", "variants")) {
      try (Stream<Path> found = Files.list(corpus.resolve("nfcapd").resolve(folder))) {
        found.filter(file -> !file.toString().contains("large")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  static Totals interpreted(DecodedFlows flows, String filter) {
    FilterInterpreter interpreter =
        new FilterInterpreter(
            FlowFilter.parse(filter, FilterSettings.local().withZone(ZoneOffset.UTC)).bound());
    long count = 0;
    long bytes = 0;
    long packets = 0;
    for (int i = 0; i < flows.size(); i++) {
      if (interpreter.matches(flows.at(i))) {
        count++;
        bytes += sum(flows, FlowField.IN_BYTES, FlowField.OUT_BYTES);
        packets += sum(flows, FlowField.IN_PACKETS, FlowField.OUT_PACKETS);
      }
    }
    return new Totals(count, bytes, packets);
  }

  private static long sum(FlowValues flow, FlowField in, FlowField out) {
    return (flow.isNull(in) ? 0 : flow.number(in)) + (flow.isNull(out) ? 0 : flow.number(out));
  }
}
