package org.flowlake.jobs.report;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowlake.converters.nfcapd.CollectorName;
import org.flowlake.converters.nfcapd.CollectorName.Kind;

/**
 * The names of interfaces, VRFs and applications that collectors recorded, as nfdump 1.7.8 prints
 * them. They are asked for when the first one is to be printed. For several threads.
 */
public final class NumberNames {
  /** For flows of which no names are known. */
  public static final NumberNames NONE = new NumberNames(List::of);

  private final Supplier<List<CollectorName>> source;
  private Map<Kind, Map<String, String>> known;

  /**
   * Names from a source.
   *
   * @param source the names; of several for one number the last one counts. Asked once at the most
   */
  public NumberNames(Supplier<List<CollectorName>> source) {
    this.source = source;
  }

  private synchronized Map<String, String> of(Kind kind) {
    if (known == null) {
      known = new EnumMap<>(Kind.class);
      for (CollectorName name : source.get()) {
        known.computeIfAbsent(name.kind(), of -> new HashMap<>()).put(name.id(), name.name());
      }
    }
    return known.getOrDefault(kind, Map.of());
  }

  /** The name of an interface with a blank before it, or why there is none. */
  String ofInterface(long number) {
    return text(Kind.INTERFACE, number, " <no if name>");
  }

  /** The same of a VRF. */
  String ofVrf(long number) {
    return text(Kind.VRF, number, " <no vrf name>");
  }

  /** nfdump prints nothing where no number of the kind has a name. */
  private String text(Kind kind, long number, String zero) {
    Map<String, String> names = of(kind);
    if (names.isEmpty()) {
      return "";
    } else if (number == 0) {
      return zero;
    }
    String name = names.get(Long.toString(number));
    return name == null ? " <ingress not found>" : " " + name;
  }

  /** The name of an application; empty where it has none. */
  Optional<String> ofApplication(byte[] id) {
    return Optional.ofNullable(of(Kind.APPLICATION).get(CollectorName.applicationId(id)));
  }
}
