package org.flowlake.jobs.filter;

import java.util.Set;

/** Knows which raw files carry an ident, so that {@code ident NAME} is a test on their ids. */
@FunctionalInterface
public interface SourceLookup {

  /**
   * Ids of the raw files with exactly this ident, as the column {@code source_id} holds them; empty
   * if there is none.
   *
   * @throws RuntimeException if the flows asked do not come with their raw files; the message says
   *     why
   */
  Set<Long> idsOfIdent(String ident);
}
