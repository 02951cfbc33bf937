package org.flowlake.converters.rollup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.ip.IpPrefixSet;

/**
 * The files of the rollups of hosts. Every question about a host looks for some of them, and going
 * through Iceberg's manifests of a year takes longer than reading what one host needs: so those of
 * the last states are kept. A snapshot never changes.
 */
final class HostFiles {
  private static final int MOST_KEPT = 8;

  private static final Map<State, HostFiles> KEPT =
      new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<State, HostFiles> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private final Map<String, List<HostFile>> files = new HashMap<>();

  private record State(String table, long snapshot) {}

  /**
   * A file.
   *
   * @param date first day of its period, days since 1970-01-01; null for flows without time
   * @param least the smallest address; null where it is not known
   * @param greatest the largest address; null as above
   */
  record HostFile(String location, Integer date, byte[] least, byte[] greatest) {
    /** Whether one of the addresses can be in it. */
    boolean mayHold(IpPrefixSet addresses) {
      return least == null || greatest == null || addresses.overlapsBytes(least, greatest);
    }
  }

  private HostFiles() {}

  static HostFiles of(Table rollups, long snapshot) {
    State state = new State(rollups.uuid().toString(), snapshot);
    synchronized (KEPT) {
      HostFiles known = KEPT.get(state);
      if (known != null) {
        return known;
      }
    }
    HostFiles read = new HostFiles();
    read.read(rollups, snapshot);
    synchronized (KEPT) {
      KEPT.put(state, read);
    }
    return read;
  }

  private void read(Table rollups, long snapshot) {
    for (Rollup rollup : List.of(Rollup.SRC_HOST, Rollup.DST_HOST)) {
      for (RollupPeriod period : RollupPeriod.values()) {
        files.put(RollupTable.name(rollup, period), new ArrayList<>());
      }
    }
    try (CloseableIterable<FileScanTask> tasks =
        rollups
            .newScan()
            .useSnapshot(snapshot)
            .filter(Expressions.in(RollupTable.ROLLUP, files.keySet().toArray()))
            .includeColumnStats(List.of(FlowField.SRC_ADDR.column(), FlowField.DST_ADDR.column()))
            .planFiles()) {
      for (FileScanTask task : tasks) {
        DataFile file = task.file();
        FlowField side = side(RollupTable.rollup(file));
        int column = rollups.schema().findField(side.column()).fieldId();
        files
            .get(RollupTable.name(RollupTable.rollup(file), RollupTable.period(file)))
            .add(
                new HostFile(
                    file.location(),
                    RollupTable.date(file),
                    bound(file.lowerBounds(), column),
                    bound(file.upperBounds(), column)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read which files are in " + rollups.location(), e);
    }
  }

  private static FlowField side(Rollup rollup) {
    return rollup == Rollup.SRC_HOST ? FlowField.SRC_ADDR : FlowField.DST_ADDR;
  }

  private static byte[] bound(Map<Integer, ByteBuffer> bounds, int column) {
    ByteBuffer bound = bounds == null ? null : bounds.get(column);
    if (bound == null) {
      return null;
    }
    byte[] bytes = new byte[bound.remaining()];
    bound.duplicate().get(bytes);
    return bytes;
  }

  /** The files that can hold one of the addresses. */
  List<HostFile> of(Rollup rollup, RollupPeriod period, IpPrefixSet addresses) {
    return files.get(RollupTable.name(rollup, period)).stream()
        .filter(file -> file.mayHold(addresses))
        .toList();
  }
}
