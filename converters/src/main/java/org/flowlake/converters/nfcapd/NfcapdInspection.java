package org.flowlake.converters.nfcapd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.flow.FlowReadCounts;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.flow.FlowStatistics.Totals;

/**
 * What one pass over a file found in it.
 *
 * <p>Writers count differently. {@code nfdump -w} adds both directions and, for a record that
 * stands for several flows, their number. Collectors count every record as one flow and, by
 * protocol, the forward direction alone; their sums over all protocols have both directions, or in
 * some decoders the forward one. nfpcapd counts ICMPv6 among the other protocols. So all ways are
 * here.
 *
 * @param records flow records in the file; those without packets, bytes and times are in no total
 * @param totals both directions, as {@code nfdump -w} counts; first and last seen of the records
 * @param forwardTotals forward direction, every record one flow
 * @param icmpv6 the part of the ICMP totals that is ICMPv6
 * @param forwardIcmpv6 the same of the forward totals
 * @param groups which groups of fields the flows carry
 * @param exporters by sysid
 * @param names that exporters told, each once
 * @param skipped how often each reason to step over something was met
 */
public record NfcapdInspection(
    long blocks,
    long records,
    long expandedBytes,
    FlowStatistics totals,
    FlowStatistics forwardTotals,
    Totals icmpv6,
    Totals forwardIcmpv6,
    Set<FlowFieldGroup> groups,
    List<NfcapdExporter> exporters,
    List<NfcapdSampler> samplers,
    List<CollectorName> names,
    Map<String, Long> skipped) {

  static NfcapdInspection of(BlockChain chain, FlowReadCounts counts) throws IOException {
    FlowRows rows = new FlowRows();
    FlowTotals totals = new FlowTotals(rows);
    CollectorRecords collector = new CollectorRecords();
    NameRecords names = new NameRecords();
    RecordWalk walk = new RecordWalk(chain, counts, rows, collector.and(names));
    while (chain.next()) {
      long flows = 0;
      walk.startBlock();
      while (walk.fill()) {
        totals.add(rows);
        flows += rows.size();
      }
      counts.endBlock(walk.blockBytes(), flows, walk.hasOtherRecords());
    }
    return new NfcapdInspection(
        counts.blocks(),
        counts.flows(),
        counts.expandedBytes(),
        totals.both(),
        totals.forward(),
        totals.bothIcmpv6(),
        totals.forwardIcmpv6(),
        NfcapdExtension.groups(rows.extensionsSeen()),
        collector.exporters(),
        collector.samplers(),
        names.names(),
        Map.copyOf(new TreeMap<>(counts.skipped())));
  }

  /** The names alone, without looking into the flows' values. */
  static List<CollectorName> names(BlockChain chain, FlowReadCounts counts) throws IOException {
    NameRecords names = new NameRecords();
    RecordWalk walk = new RecordWalk(chain, counts, new FlowRows(), names);
    while (chain.next()) {
      walk.startBlock();
      while (walk.fill()) {}
    }
    return names.names();
  }

  /**
   * Which of the figures of a statistics record are not those of the flows, such as "udp bytes:
   * statistics 10, flows 12". A figure is right if either way to count gives it. Times are not
   * compared: collectors take those of an interval, or of packets that they did not store.
   *
   * @return empty if all agree
   */
  public List<String> differencesFrom(FlowStatistics stated) {
    List<String> found = differences(stated, totals, forwardTotals);
    List<String> asNfpcapd =
        differences(
            stated, icmpv6AsOther(totals, icmpv6), icmpv6AsOther(forwardTotals, forwardIcmpv6));
    return asNfpcapd.size() < found.size() ? asNfpcapd : found;
  }

  private static List<String> differences(
      FlowStatistics stated, FlowStatistics both, FlowStatistics forward) {
    List<String> differences = new ArrayList<>();
    compare(differences, "", stated.all(), both.all(), forward.all());
    compare(differences, "tcp ", stated.tcp(), both.tcp(), forward.tcp());
    compare(differences, "udp ", stated.udp(), both.udp(), forward.udp());
    compare(differences, "icmp ", stated.icmp(), both.icmp(), forward.icmp());
    compare(differences, "other ", stated.other(), both.other(), forward.other());
    return differences;
  }

  private static FlowStatistics icmpv6AsOther(FlowStatistics counted, Totals icmpv6) {
    Totals less = new Totals(-icmpv6.flows(), -icmpv6.packets(), -icmpv6.bytes());
    return new FlowStatistics(
        counted.all(),
        counted.tcp(),
        counted.udp(),
        counted.icmp().plus(less),
        counted.other().plus(icmpv6),
        counted.firstSeenMillis(),
        counted.lastSeenMillis(),
        counted.sequenceFailures());
  }

  private static void compare(
      List<String> differences, String protocol, Totals stated, Totals both, Totals forward) {
    compare(differences, protocol + "flows", stated.flows(), both.flows(), forward.flows());
    compare(differences, protocol + "packets", stated.packets(), both.packets(), forward.packets());
    compare(differences, protocol + "bytes", stated.bytes(), both.bytes(), forward.bytes());
  }

  private static void compare(
      List<String> differences, String figure, long stated, long both, long forward) {
    if (stated != both && stated != forward) {
      differences.add(figure + ": statistics " + stated + ", flows " + both);
    }
  }
}
