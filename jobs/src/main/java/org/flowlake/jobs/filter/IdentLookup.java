package org.flowlake.jobs.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.flowlake.converters.flow.FlowField;

/** Puts the ids of raw files in the place of {@code ident} tests. */
final class IdentLookup {
  private final SourceLookup sources;
  private final Map<String, BoundFilter> known = new HashMap<>();

  private IdentLookup(SourceLookup sources) {
    this.sources = sources;
  }

  /** The same filter without {@link BoundFilter.IdentIs}; every ident is looked up once. */
  static BoundFilter resolve(BoundFilter filter, SourceLookup sources) {
    return PostOrder.fold(filter, BoundFilter::children, new IdentLookup(sources)::resolve);
  }

  private BoundFilter resolve(BoundFilter node, List<BoundFilter> operands) {
    if (node instanceof BoundFilter.IdentIs asked) {
      return known.computeIfAbsent(asked.ident(), this::idTest);
    } else if (node instanceof BoundFilter.Not) {
      return BoundFilter.not(operands.get(0));
    } else if (node instanceof BoundFilter.AllOf) {
      return BoundFilter.allOf(operands);
    }
    return node instanceof BoundFilter.AnyOf ? BoundFilter.anyOf(operands) : node;
  }

  private BoundFilter idTest(String ident) {
    TreeSet<Long> ids = new TreeSet<>(sources.idsOfIdent(ident));
    return ids.isEmpty()
        ? BoundFilter.NEVER
        : new BoundFilter.OneOf(new FlowNumber.Stored(FlowField.SOURCE_ID), ids);
  }
}
