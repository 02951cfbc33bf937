package org.flowlake.jobs.sources;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A raw file as the ledger knows it.
 *
 * @param folder in which its collector writes, see {@link RawFileName}
 * @param ident of the collector; "" for none
 * @param time at which it was begun, in the collector's zone; empty where its name has none
 * @param flows that were decoded, counted as nfdump does
 * @param readShare of the flows that its own statistics state, how many could be decoded: 0 to 1
 * @param sequenceFailures gaps in the sequence numbers of its exporters together
 * @param exporters of which the collector kept a record
 */
public record CollectedFile(
    String folder,
    String ident,
    Optional<LocalDateTime> time,
    long flows,
    double readShare,
    long sequenceFailures,
    List<Exporter> exporters) {
  public CollectedFile {
    exporters = List.copyOf(exporters);
  }

  /**
   * An exporter's part in a file.
   *
   * @param name its address, with its id where it has one
   * @param packets export packets that arrived
   * @param sequenceFailures gaps in its sequence numbers
   * @param sampling such as {@code 1:100}; empty where the ledger does not know it
   */
  public record Exporter(
      String name, long flows, long packets, long sequenceFailures, Optional<String> sampling) {
    /** How much of what the exporter sent has arrived at most: each gap lost a packet or more. */
    double arrivedShare() {
      return share(packets, sequenceFailures);
    }
  }

  /** Export packets of all exporters; empty where the collector did not count them. */
  OptionalLong packets() {
    return exporters.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(exporters.stream().mapToLong(Exporter::packets).sum());
  }

  /** How much of the flows of its time it holds at most, 0 to 1. */
  double share() {
    return readShare * share(packets().orElse(0), sequenceFailures);
  }

  private static double share(long packets, long failures) {
    return packets == 0 ? 1 : packets / (double) (packets + failures);
  }
}
