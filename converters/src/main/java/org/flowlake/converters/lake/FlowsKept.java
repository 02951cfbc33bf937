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

  /** Notes it in the commit; as a transaction has one more step, it also commits that step. */
  static void since(LocalDate day, UpdateProperties properties) {
    properties.set(SINCE, day.toString()).commit();
  }

  /** The first day (UTC) whose flows are all there; empty where none were dropped. */
  static Optional<LocalDate> since(Table flows) {
    return Optional.ofNullable(flows.properties().get(SINCE)).map(LocalDate::parse);
  }
}
