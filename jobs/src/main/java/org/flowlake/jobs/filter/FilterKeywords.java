package org.flowlake.jobs.filter;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words that can begin and continue a term, as a tree made from {@link FilterPrimitive}: after
 * {@code src} may follow {@code port}, {@code nat}, {@code as} and so on. Words are soft: one is a
 * keyword only where this tree has it.
 */
final class FilterKeywords {
  private static final FilterKeywords START = fromTable();

  private final Map<String, FilterKeywords> next = new LinkedHashMap<>();
  private TermForm form;

  private FilterKeywords() {}

  /** Where every term begins. */
  static FilterKeywords start() {
    return START;
  }

  /** Where the word leads, in any case; empty if it cannot follow here. */
  Optional<FilterKeywords> after(String word) {
    return Optional.ofNullable(next.get(word.toLowerCase(Locale.ROOT)));
  }

  /** What the words so far ask for; empty if they need another one. */
  Optional<TermForm> form() {
    return Optional.ofNullable(form);
  }

  /** The words that can follow, lower case. */
  Set<String> words() {
    return next.keySet();
  }

  private static FilterKeywords fromTable() {
    FilterKeywords start = new FilterKeywords();
    for (FilterPrimitive primitive : FilterPrimitive.values()) {
      for (Map.Entry<String, TermForm> phrase : primitive.phrases()) {
        FilterKeywords at = start;
        for (String word : phrase.getKey().split(" ")) {
          at = at.next.computeIfAbsent(word, key -> new FilterKeywords());
        }
        if (at.form != null && !at.form.equals(phrase.getValue())) {
          throw new IllegalStateException("'" + phrase.getKey() + "' has two meanings");
        }
        at.form = phrase.getValue();
      }
    }
    return start;
  }
}
