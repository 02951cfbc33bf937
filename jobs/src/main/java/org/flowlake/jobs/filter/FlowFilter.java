package org.flowlake.jobs.filter;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;

/**
 * A filter in nfdump's language, ready to be asked.
 *
 * <pre>{@code
 * FlowFilter filter = FlowFilter.parse("dst host 172.16.2.66 and dst port 445");
 * Dataset<Row> hits = flows.filter(filter.column(flows.schema()));
 * }</pre>
 */
public final class FlowFilter {
  /** The column in which a table that {@code count} is asked of must number its flows, from 1. */
  public static final String RUNNING_NUMBER = "running_number";

  private final FilterNode tree;
  private final BoundFilter bound;

  private FlowFilter(FilterNode tree, BoundFilter bound) {
    this.tree = tree;
    this.bound = bound;
  }

  /**
   * Parses and binds a filter with {@link FilterSettings#local()}; host names are looked up here,
   * once. The empty text is {@code any}.
   *
   * @throws FilterSyntaxException if the text is not a filter
   * @throws FilterValueException if a value in it cannot be
   */
  public static FlowFilter parse(String text) {
    return parse(text, FilterSettings.local());
  }

  /** As {@link #parse(String)}, with these settings. */
  public static FlowFilter parse(String text, FilterSettings settings) {
    return parse(new FilterSource("", text), settings);
  }

  /** As {@link #parse(String)} for the text of a file, whose name messages then give. */
  public static FlowFilter parseFile(String name, String text, FilterSettings settings) {
    return parse(new FilterSource(name, text), settings);
  }

  private static FlowFilter parse(FilterSource source, FilterSettings settings) {
    Objects.requireNonNull(settings, "settings");
    FilterNode tree = FilterParser.parse(source, settings.includes());
    return new FlowFilter(tree, FilterBinder.bind(tree, settings));
  }

  /** The words of the language that can follow a word, or begin a term if none can. */
  public static Set<String> wordsAfter(String word) {
    FilterKeywords start = FilterKeywords.start();
    Set<String> following = start.after(word).map(FilterKeywords::words).orElse(Set.of());
    return following.isEmpty() ? start.words() : following;
  }

  /** What the filter asks, in columns and values. */
  public BoundFilter bound() {
    return bound;
  }

  /**
   * The condition over a table with this schema; see {@link FilterCompiler}.
   *
   * @throws IllegalStateException if the filter asks for idents and {@link #from} has not been told
   *     them
   */
  public Column column(StructType schema) {
    return FilterCompiler.compile(bound, schema);
  }

  /** Whether the filter asks for the ident of raw files, so that {@link #from} is needed. */
  public boolean asksForIdents() {
    return holds(bound, BoundFilter.IdentIs.class::isInstance);
  }

  /** Whether the filter asks for running numbers; see {@link #RUNNING_NUMBER}. */
  public boolean asksForNumbers() {
    return asksForNumbers(bound);
  }

  static boolean asksForNumbers(BoundFilter filter) {
    return holds(
        filter,
        test ->
            test instanceof BoundFilter.Compare compare
                    && compare.number() instanceof FlowNumber.Place
                || test instanceof BoundFilter.OneOf oneOf
                    && oneOf.number() instanceof FlowNumber.Place);
  }

  /**
   * The fields whose values decide whether a flow matches; empty if more than their values does:
   * running numbers, idents, or what a database says of an address.
   */
  public Optional<Set<FlowField>> storedFields() {
    if (asksForNumbers()
        || asksForIdents()
        || holds(bound, BoundFilter.Derived.class::isInstance)) {
      return Optional.empty();
    }
    EnumSet<FlowField> fields = EnumSet.noneOf(FlowField.class);
    PostOrder.<BoundFilter, Boolean>fold(
        bound, BoundFilter::children, (node, done) -> fields.addAll(node.fields()));
    return Optional.of(fields);
  }

  /** What its tests of addresses say of it. */
  public <T> T overAddresses(AddressAlgebra<T> algebra) {
    return PostOrder.fold(
        bound,
        node -> node instanceof BoundFilter.Not ? List.of() : node.children(),
        (node, operands) -> {
          if (node instanceof BoundFilter.AllOf) {
            return operands.stream().reduce(algebra.anything(), algebra::both);
          } else if (node instanceof BoundFilter.AnyOf) {
            return operands.stream().reduce(algebra::either).orElseThrow();
          } else if (node instanceof BoundFilter.AddressIn in) {
            return algebra.in(in.field(), in.addresses());
          }
          return algebra.anything();
        });
  }

  /** The filter for flows of these raw files: {@code ident} is a test on their ids. */
  public FlowFilter from(SourceLookup sources) {
    return asksForIdents() ? new FlowFilter(tree, IdentLookup.resolve(bound, sources)) : this;
  }

  private static boolean holds(BoundFilter filter, Predicate<BoundFilter> asked) {
    return PostOrder.<BoundFilter, Boolean>fold(
        filter,
        BoundFilter::children,
        (node, found) -> asked.test(node) || found.contains(Boolean.TRUE));
  }

  /** The filter in one spelling: equal texts are equal filters. */
  public String canonicalText() {
    return FilterPrinter.print(tree);
  }

  /** The filter in one spelling, and below it what it asks of a flow, in columns and values. */
  public String explained() {
    return "Filter\n"
        + canonicalText().indent(2)
        + "Bound to columns\n"
        + BoundFilterText.of(bound).indent(2);
  }

  @Override
  public String toString() {
    return canonicalText();
  }
}
