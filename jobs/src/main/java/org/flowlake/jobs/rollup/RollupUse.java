package org.flowlake.jobs.rollup;

import java.time.LocalDate;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Whether the rollups of a lake may answer in the place of its flows, or say where these lie.
 *
 * @param told the names of those that answer, before they are read
 * @param daysTold how many days the flows asked for can be of, where rollups of hosts say it
 * @param droppedTold where the question goes back to days whose flows were dropped for their age:
 *     the first day that has them, and whether rollups answer
 */
public record RollupUse(
    boolean allowed,
    Consumer<Set<String>> told,
    IntConsumer daysTold,
    BiConsumer<LocalDate, Boolean> droppedTold) {
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
    return new RollupUse(true, told, daysTold, (since, rollups) -> {});
  }

  /** They may not: flows are read, whatever it costs. */
  public static RollupUse none() {
    return new RollupUse(false, names -> {}, days -> {}, (since, rollups) -> {});
  }

  /** The same, and flows that were dropped are spoken of. */
  public RollupUse tellingOfDropped(BiConsumer<LocalDate, Boolean> dropped) {
    return new RollupUse(allowed, told, daysTold, dropped);
  }
}
