package org.flowlake.jobs.filter;

import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/**
 * A filter in nfdump's language, ready to be asked.
 *
 * <pre>{@code
 * FlowFilter filter = FlowFilter.parse("dst host 172.16.2.66 and dst port 445");
 * Dataset<Row> hits = flows.filter(filter.column(flows.schema()));
 * }</pre>
 */
public final class FlowFilter {
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

  /** What the filter asks, in columns and values. */
  public BoundFilter bound() {
    return bound;
  }

  /** The condition over a table with this schema; see {@link FilterCompiler}. */
  public Column column(StructType schema) {
    return FilterCompiler.compile(bound, schema);
  }

  /** The filter in one spelling: equal texts are equal filters. */
  public String canonicalText() {
    return FilterPrinter.print(tree);
  }

  @Override
  public String toString() {
    return canonicalText();
  }
}
