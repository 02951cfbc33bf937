package org.flowlake.jobs.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowlake.converters.flow.FlowField;

/** Writes one row of {@link FilterPrimitive}; used only while that table is built. */
final class PrimitiveDefinition {
  final List<String> spellings;
  final Map<Qualifier, List<FlowNumber>> sides = new EnumMap<>(Qualifier.class);

  /** Complete phrases that mean a qualifier of their own: {@code xip} is {@code nat ip}. */
  final Map<String, Qualifier> aliases = new LinkedHashMap<>();

  /** Operands that have complete phrases of their own, {@code mpls label2}; canonical one first. */
  final Map<FlowNumber, List<String>> variants = new LinkedHashMap<>();

  /** What a missing field counts as, where it does not simply fail the test. */
  final Map<FlowField, Long> absentReadsAs = new EnumMap<>(FlowField.class);

  ArgumentKind argument = ArgumentKind.NOTHING;
  NameTable names = NameTable.NONE;
  long largest = Long.MAX_VALUE;
  boolean takesLists;
  List<Integer> impliedProtocols = List.of();
  String meaning = "";
  String example = "";

  private PrimitiveDefinition(List<String> spellings) {
    this.spellings = spellings;
  }

  /** A row that is written with one of these words, the canonical one first. */
  static PrimitiveDefinition term(String... spellings) {
    return new PrimitiveDefinition(List.of(spellings));
  }

  PrimitiveDefinition takes(ArgumentKind kind) {
    argument = kind;
    return this;
  }

  /** The largest number or code that is allowed; the smallest is 0. */
  PrimitiveDefinition upTo(long largest) {
    this.largest = largest;
    return this;
  }

  PrimitiveDefinition named(NameTable names) {
    this.names = names;
    return this;
  }

  /** Allows {@code in [ ... ]} in place of the single value. */
  PrimitiveDefinition orList() {
    takesLists = true;
    return this;
  }

  PrimitiveDefinition side(Qualifier qualifier, FlowField... fields) {
    return side(qualifier, stored(fields));
  }

  PrimitiveDefinition reads(FlowNumber... operands) {
    return side(Qualifier.NONE, List.of(operands));
  }

  PrimitiveDefinition reads(FlowField... fields) {
    return side(Qualifier.NONE, fields);
  }

  /**
   * No qualifier reads both; {@code src} and {@code dst} read one; and nfdump 1.7.1's two joins.
   */
  PrimitiveDefinition twoSided(FlowField source, FlowField destination) {
    return twoSided(List.of(source), List.of(destination));
  }

  PrimitiveDefinition twoSided(List<FlowField> source, List<FlowField> destination) {
    List<FlowField> both = new ArrayList<>(source);
    both.addAll(destination);
    FlowField[] either = both.toArray(FlowField[]::new);
    side(Qualifier.NONE, either);
    side(Qualifier.EITHER_SIDE, either);
    side(Qualifier.SRC, source.toArray(FlowField[]::new));
    side(Qualifier.DST, destination.toArray(FlowField[]::new));
    return side(Qualifier.BOTH_SIDES, either);
  }

  /** The same for translated addresses or ports: {@code nat}, {@code src nat}, {@code dst nat}. */
  PrimitiveDefinition natSides(FlowField source, FlowField destination) {
    side(Qualifier.NAT, source, destination);
    side(Qualifier.SRC_NAT, source);
    return side(Qualifier.DST_NAT, destination);
  }

  /** The same for addresses of the outer tunnel header. */
  PrimitiveDefinition tunnelSides(FlowField source, FlowField destination) {
    side(Qualifier.TUN, source, destination);
    side(Qualifier.SRC_TUN, source);
    return side(Qualifier.DST_TUN, destination);
  }

  /** One word of nfdump 1.7.1 for {@code nat X}; with {@code src} and {@code dst} in front too. */
  PrimitiveDefinition natAlias(String word) {
    return alias(word, Qualifier.NAT, Qualifier.SRC_NAT, Qualifier.DST_NAT);
  }

  PrimitiveDefinition tunnelAlias(String word) {
    return alias(word, Qualifier.TUN, Qualifier.SRC_TUN, Qualifier.DST_TUN);
  }

  private PrimitiveDefinition alias(String word, Qualifier any, Qualifier src, Qualifier dst) {
    aliases.put(word, any);
    aliases.put("src " + word, src);
    aliases.put("dst " + word, dst);
    return this;
  }

  PrimitiveDefinition variant(FlowNumber operand, String... phrases) {
    variants.put(operand, List.of(phrases));
    return this;
  }

  PrimitiveDefinition absentReadsAs(long value, FlowField... fields) {
    Arrays.stream(fields).forEach(field -> absentReadsAs.put(field, value));
    return this;
  }

  PrimitiveDefinition onlyProtocols(Integer... protocols) {
    impliedProtocols = List.of(protocols);
    return this;
  }

  /** The sentence and the example for docs/filter-syntax.md. */
  PrimitiveDefinition means(String meaning, String example) {
    this.meaning = meaning;
    this.example = example;
    return this;
  }

  private PrimitiveDefinition side(Qualifier qualifier, List<FlowNumber> operands) {
    sides.put(qualifier, operands);
    return this;
  }

  private static List<FlowNumber> stored(FlowField... fields) {
    return Arrays.stream(fields).<FlowNumber>map(FlowNumber.Stored::new).toList();
  }
}
