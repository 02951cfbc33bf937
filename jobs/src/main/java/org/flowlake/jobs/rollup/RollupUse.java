package org.flowlake.jobs.rollup;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Whether the rollups of a lake may answer in the place of its flows, or say where these lie.
 *
 * @param told the names of those that answer, before they are read
 * @param daysTold how many days the flows asked for can be of, where rollups of hosts say it
 */
public record RollupUse(boolean allowed, Consumer<Set<String>> told, IntConsumer daysTold) {
  /** They may, and nobody is told. */
  public static RollupUse silent() {
    return telling(names -> {});
  }

  /** They may. */
  public static RollupUse telling(Consumer<Set<String>> told) {
    return telling(told, days -> {});
  }

  /** They may. */
  public static RollupUse telling(Consumer<Set<String>> told, IntConsumer daysTold) {
    return new RollupUse(true, told, daysTold);
  }

  /** They may not: flows are read, whatever it costs. */
  public static RollupUse none() {
    return new RollupUse(false, names -> {}, days -> {});
  }
}
