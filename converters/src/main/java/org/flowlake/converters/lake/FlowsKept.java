package org.flowlake.converters.lake;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;

/**
 * Since which day a lake has flows, where older ones were dropped for their age: a property of the
 * table of flows, set in the commit that drops them. Rollups may go further back.
 */
final class FlowsKept {
  private static final String SINCE = "flowlake.flows-kept-since";

  private FlowsKept() {}

  /**
   * Notes it as a step of a transaction, which this commits. Flows that come late to a day that was
   * dropped may be dropped by a shorter expiry than the one before: the later day stays.
   *
   * @param flows the table as it is without the step
   */
  static void note(LocalDate day, Table flows, UpdateProperties step) {
    LocalDate latest = since(flows).filter(day::isBefore).orElse(day);
    step.set(SINCE, latest.toString()).commit();
  }

  /** The first day (UTC) whose flows are all there; empty where none were dropped. */
  static Optional<LocalDate> since(Table flows) {
    return Optional.ofNullable(flows.properties().get(SINCE)).map(LocalDate::parse);
  }
}
