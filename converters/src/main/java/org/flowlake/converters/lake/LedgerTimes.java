package org.flowlake.converters.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/**
 * When the flows of each raw file begin and end, as the files stated it: of the ledger only these
 * columns, read in this JVM. Every answer closes with them, so the last ledgers that were read are
 * kept; a snapshot of a ledger never changes.
 */
public final class LedgerTimes {
  private static final String STATED = "stated";
  private static final String FIRST = "first_seen_millis";
  private static final String LAST = "last_seen_millis";
  private static final String BATCH = "batch_id";
  private static final int MOST_KEPT = 8;

  /** Larger ones are read anew: 16 MB each. */
  private static final int MOST_FILES_KEPT = 1_000_000;

  private static final Map<Ledger, LedgerTimes> KEPT =
      new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Ledger, LedgerTimes> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /** A state of a ledger; {@code pending} is a batch whose rows do not count, or nothing. */
  private record Ledger(String table, long snapshot, Optional<String> pending) {}

  /** Of a stretch of time, both ends in milliseconds since 1970-01-01 UTC. */
  public record Span(long firstMillis, long lastMillis) {}

  /** First and last of every file that has any. */
  private long[] times = new long[64];

  private int used;

  private LedgerTimes() {}

  static LedgerTimes of(Table ledger) {
    Snapshot snapshot = ledger.currentSnapshot();
    if (snapshot == null) {
      return new LedgerTimes();
    }
    Optional<String> pending = PendingBatch.of(ledger).map(PendingBatch::id);
    Ledger state = new Ledger(ledger.uuid().toString(), snapshot.snapshotId(), pending);
    synchronized (KEPT) {
      LedgerTimes known = KEPT.get(state);
      if (known != null) {
        return known;
      }
    }
    LedgerTimes read = new LedgerTimes();
    read.read(ledger, state);
    if (read.used <= 2 * MOST_FILES_KEPT) {
      synchronized (KEPT) {
        KEPT.put(state, read);
      }
    }
    return read;
  }

  private void read(Table ledger, Ledger state) {
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(ledger)
            .useSnapshot(state.snapshot())
            .select(STATED + "." + FIRST, STATED + "." + LAST, BATCH)
            .build()) {
      for (Record row : rows) {
        Object batch = row.getField(BATCH);
        boolean counts =
            state.pending().isEmpty() || batch != null && !batch.equals(state.pending().get());
        Record stated = (Record) row.getField(STATED);
        if (counts && stated != null && stated.getField(FIRST) != null) {
          add((Long) stated.getField(FIRST), (Long) stated.getField(LAST));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the ledger " + ledger.location(), e);
    }
  }

  private void add(long first, Long last) {
    if (first > 0) {
      if (used == times.length) {
        times = Arrays.copyOf(times, used * 2);
      }
      times[used++] = first;
      times[used++] = last == null ? first : last;
    }
  }

  /**
   * From the earliest to the latest time of the files that reach into a window.
   *
   * @param fromMillis start of the window, {@link Long#MIN_VALUE} for none
   * @param toMillis its end, {@link Long#MAX_VALUE} for none
   * @return empty if no file does
   */
  public Optional<Span> span(long fromMillis, long toMillis) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int i = 0; i < used; i += 2) {
      if (times[i + 1] >= fromMillis && times[i] <= toMillis) {
        first = Math.min(first, times[i]);
        last = Math.max(last, times[i + 1]);
      }
    }
    return first == Long.MAX_VALUE ? Optional.empty() : Optional.of(new Span(first, last));
  }
}
