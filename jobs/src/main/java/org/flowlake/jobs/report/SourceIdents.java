package org.flowlake.jobs.report;

import java.util.Map;
import java.util.Optional;
import org.flowlake.converters.flow.FlowField;

/**
 * The ident of each raw file: the name of the collector that wrote it.
 *
 * @param byId the value of {@code source_id} and the ident; files without an ident are left out
 */
public record SourceIdents(Map<Long, String> byId) {
  /** For flows that do not say where they are from. */
  public static final SourceIdents UNKNOWN = new SourceIdents(Map.of());

  public SourceIdents {
    byId = Map.copyOf(byId);
  }

  /** The ident of the flow's file; empty where there is none. */
  Optional<String> of(FlowRecord flow) {
    return Optional.ofNullable(byId.get(flow.number(FlowField.SOURCE_ID)));
  }
}
