package org.flowlake.converters.lake;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

/**
 * One writer at a time where there are no locks: a table property that names the writer and the
 * time until which it holds. Every change is a commit to the table's catalog, which takes exactly
 * one of two that start from the same version. The holder renews it as long as it lives; a holder
 * that died is followed when its time is over.
 *
 * <p>Clocks of writers should agree to some seconds. A writer that is stopped for longer than the
 * lease and then goes on (a suspended machine) is not held back.
 */
final class WriterLease implements LakeLock.Release {
  static final String PROPERTY = "flowlake.writer";

  private static final Duration USUAL = Duration.ofMinutes(2);
  private static final long RETRY_MILLIS = 500;
  private static final int RENEWALS_PER_LEASE = 4;

  private final TableOperations table;
  private final String owner = UUID.randomUUID().toString();
  private final Duration length;
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "flowlake writer lease");
            thread.setDaemon(true);
            return thread;
          });

  private WriterLease(TableOperations table, Duration length) {
    this.table = table;
    this.length = length;
  }

  /**
   * Waits until no other writer holds the table.
   *
   * @param waiting run once if another does
   * @throws IOException if the thread is interrupted
   */
  static WriterLease take(Table table, Runnable waiting) throws IOException {
    return take(table, waiting, USUAL);
  }

  static WriterLease take(Table table, Runnable waiting, Duration length) throws IOException {
    WriterLease lease = new WriterLease(((HasTableOperations) table).operations(), length);
    boolean told = false;
    while (!lease.tryTake()) {
      if (!told) {
        waiting.run();
        told = true;
      }
      try {
        Thread.sleep(RETRY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while waiting for another writer of the lake", e);
      }
    }
    long pause = length.toMillis() / RENEWALS_PER_LEASE;
    lease.renewal.scheduleWithFixedDelay(lease::renew, pause, pause, TimeUnit.MILLISECONDS);
    return lease;
  }

  private synchronized boolean tryTake() {
    TableMetadata current = table.refresh();
    Optional<Holder> holder = Holder.of(current);
    boolean free =
        holder.isEmpty()
            || holder.get().owner().equals(owner)
            || holder.get().untilMillis() < System.currentTimeMillis();
    return free && put(current, Optional.of(mine()));
  }

  /** A commit that does not go through is tried again at the next turn; three may fail. */
  private synchronized void renew() {
    TableMetadata current = table.refresh();
    if (isMine(current)) {
      put(current, Optional.of(mine()));
    }
  }

  @Override
  public synchronized void close() {
    renewal.shutdownNow();
    TableMetadata current = table.refresh();
    while (isMine(current) && !put(current, Optional.empty())) {
      current = table.refresh();
    }
  }

  private boolean isMine(TableMetadata current) {
    return Holder.of(current).filter(holder -> holder.owner().equals(owner)).isPresent();
  }

  private Holder mine() {
    return new Holder(owner, System.currentTimeMillis() + length.toMillis());
  }

  /** False if another commit came first, or if nobody knows: the next look tells. */
  private boolean put(TableMetadata current, Optional<Holder> holder) {
    Map<String, String> properties = new HashMap<>(current.properties());
    properties.remove(PROPERTY);
    holder.ifPresent(value -> properties.put(PROPERTY, value.toString()));
    try {
      table.commit(current, current.replaceProperties(properties));
      return true;
    } catch (CommitFailedException | CommitStateUnknownException e) {
      return false;
    }
  }

  /** Who holds the table, and until when, in milliseconds since 1970-01-01 UTC. */
  private record Holder(String owner, long untilMillis) {
    static Optional<Holder> of(TableMetadata table) {
      String value = table.properties().get(PROPERTY);
      if (value == null) {
        return Optional.empty();
      }
      int space = value.indexOf(' ');
      return Optional.of(
          new Holder(value.substring(0, space), Long.parseLong(value.substring(space + 1))));
    }

    @Override
    public String toString() {
      return owner + ' ' + untilMillis;
    }
  }
}
