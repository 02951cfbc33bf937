package org.flowlake.jobs.filter;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flowlake.udfs.flow.FirewallEvent;
import org.flowlake.udfs.flow.FirewallExtendedEvent;
import org.flowlake.udfs.flow.ForwardingStatus;
import org.flowlake.udfs.flow.IpProtocol;
import org.flowlake.udfs.flow.NatEvent;
import org.flowlake.udfs.flow.PacketFilterLog;

/**
 * Names that stand for numbers in filter terms: the tables that the printers use, and a few words
 * more that nfdump 1.7.1 knows.
 */
enum NameTable {
  NONE(word -> OptionalInt.empty(), Integer::toString, Map.of()),
  /** The beginning of a name is enough: the first protocol by number that fits. */
  PROTOCOL(IpProtocol::number, IpProtocol::name, Map.of()),
  FORWARDING_STATUS(
      ForwardingStatus::code,
      code -> ForwardingStatus.ofCode(code).map(ForwardingStatus::word).orElse(""),
      Map.of()),
  ASA_EVENT(FirewallEvent::code, FirewallEvent::text, Map.of("term", 2, "deny", 3)),
  ASA_EXTENDED_EVENT(FirewallExtendedEvent::code, FirewallExtendedEvent::text, Map.of()),
  NAT_EVENT(NatEvent::code, NatEvent::text, Map.of("create", 1)),
  FLOW_DIRECTION(word -> OptionalInt.empty(), code -> "", Map.of("ingress", 0, "egress", 1)),
  PF_ACTION(PacketFilterLog::actionCode, PacketFilterLog::actionText, Map.of()),
  PF_REASON(PacketFilterLog::reasonCode, PacketFilterLog::reasonText, Map.of()),
  /** nfdump 1.7.8 compares {@code out} with 0. */
  PF_DIRECTION(word -> OptionalInt.empty(), code -> "", Map.of("in", 1, "out", 0));

  /** Above the largest code that any of the tables names. */
  private static final int CODES = 1100;

  private final Function<String, OptionalInt> codes;
  private final IntFunction<String> texts;
  private final Map<String, Integer> more;

  NameTable(
      Function<String, OptionalInt> codes, IntFunction<String> texts, Map<String, Integer> more) {
    this.codes = codes;
    this.texts = texts;
    this.more = more;
  }

  /** The number that a name in any case stands for. */
  OptionalInt number(String name) {
    Integer other = more.get(name.toLowerCase(Locale.ROOT));
    return other == null ? codes.apply(name) : OptionalInt.of(other);
  }

  /** All names, as the tables write them. */
  List<String> names() {
    return Stream.concat(
            IntStream.range(0, CODES)
                .mapToObj(texts)
                .filter(name -> !name.isEmpty() && codes.apply(name).isPresent()),
            more.keySet().stream().sorted())
        .toList();
  }
}
