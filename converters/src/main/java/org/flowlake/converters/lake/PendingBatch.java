package org.flowlake.converters.lake;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;

/**
 * A batch that the ledger has announced and not yet recorded, kept in properties of the ledger's
 * table: they change in the same commit as its rows, and no expiry of snapshots takes them away.
 *
 * @param firstId the lowest source_id of its files; no flow outside the batch has it or a higher
 *     one
 * @param flows that it adds
 * @param replaced ids of earlier versions of its files, whose flows it takes away
 */
record PendingBatch(String id, int firstId, long flows, Set<Integer> replaced) {
  private static final String ID = "flowlake.pending-batch";
  private static final String FIRST_ID = "flowlake.pending-first-source";
  private static final String FLOWS = "flowlake.pending-flows";
  private static final String REPLACED = "flowlake.pending-replaced";

  PendingBatch {
    replaced = Set.copyOf(replaced);
  }

  /** The pending batch of this ledger; empty where none is. */
  static Optional<PendingBatch> of(Table ledger) {
    Map<String, String> properties = ledger.properties();
    String id = properties.get(ID);
    if (id == null) {
      return Optional.empty();
    }
    String replaced = properties.get(REPLACED);
    return Optional.of(
        new PendingBatch(
            id,
            Integer.parseInt(properties.get(FIRST_ID)),
            Long.parseLong(properties.get(FLOWS)),
            replaced.isEmpty()
                ? Set.of()
                : Arrays.stream(replaced.split(","))
                    .map(Integer::valueOf)
                    .collect(Collectors.toSet())));
  }

  void announceIn(UpdateProperties properties) {
    properties
        .set(ID, id)
        .set(FIRST_ID, Integer.toString(firstId))
        .set(FLOWS, Long.toString(flows))
        .set(
            REPLACED,
            replaced.stream().sorted().map(Object::toString).collect(Collectors.joining(",")));
  }

  static void clear(UpdateProperties properties) {
    properties.remove(ID).remove(FIRST_ID).remove(FLOWS).remove(REPLACED);
  }
}
