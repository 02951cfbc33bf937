package org.flowlake.jobs.rollup;

import java.util.Set;
import java.util.function.Consumer;

/**
 * Whether the rollups of a lake may answer in the place of its flows.
 *
 * @param told the names of those that do, before they are read
 */
public record RollupUse(boolean allowed, Consumer<Set<String>> told) {
  /** They may, and nobody is told. */
  public static RollupUse silent() {
    return new RollupUse(true, names -> {});
  }

  /** They may. */
  public static RollupUse telling(Consumer<Set<String>> told) {
    return new RollupUse(true, told);
  }

  /** They may not: flows are read, whatever it costs. */
  public static RollupUse none() {
    return new RollupUse(false, names -> {});
  }
}
