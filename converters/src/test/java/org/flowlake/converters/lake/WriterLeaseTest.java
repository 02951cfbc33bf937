package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers of one table, in a catalog that takes one of two commits from the same version. */
class WriterLeaseTest {
  private static final TableIdentifier LEDGER = TableIdentifier.of("lake", "sources");

  @TempDir private Path folder;

  private final InMemoryCatalog catalog = new InMemoryCatalog();

  @BeforeEach
  void makeTheTable() {
    catalog.initialize("test", Map.of("warehouse", folder.toString()));
    catalog.createNamespace(Namespace.of("lake"));
    catalog.createTable(
        LEDGER, new Schema(Types.NestedField.optional(1, "path", Types.StringType.get())));
  }

  private Table ledger() {
    return catalog.loadTable(LEDGER);
  }

  @Test
  void writersTakeTurns() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> turns = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        turns.add(
            writers.submit(
                () -> {
                  try (WriterLease held = WriterLease.take(ledger(), () -> {})) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.sleep(20);
                    inside.decrementAndGet();
                  }
                  return null;
                }));
      }
      for (Future<?> turn : turns) {
        turn.get();
      }
    } finally {
      writers.shutdown();
    }
    assertThat(most).hasValue(1);
    assertThat(ledger().properties()).doesNotContainKey(WriterLease.PROPERTY);
  }

  @Test
  void aDeadWriterIsFollowedAndALivingOneIsNot() throws IOException {
    // What a writer leaves that is killed: its name and a time that comes.
    long until = System.currentTimeMillis() + 1_500;
    var operations = ((HasTableOperations) ledger()).operations();
    operations.commit(
        operations.current(),
        operations.current().replaceProperties(Map.of(WriterLease.PROPERTY, "dead " + until)));
    AtomicInteger told = new AtomicInteger();

    try (WriterLease held =
        WriterLease.take(ledger(), told::incrementAndGet, Duration.ofMillis(400))) {
      assertThat(System.currentTimeMillis()).isGreaterThan(until);
      assertThat(told).hasValue(1);
      String first = ledger().properties().get(WriterLease.PROPERTY);
      waitUntilAfter(first);
      assertThat(ledger().properties().get(WriterLease.PROPERTY))
          .startsWith(first.substring(0, first.indexOf(' ')))
          .isNotEqualTo(first);
    }
  }

  /** Until the time of this lease is over, had nobody renewed it. */
  private static void waitUntilAfter(String lease) {
    long until = Long.parseLong(lease.substring(lease.indexOf(' ') + 1));
    while (System.currentTimeMillis() <= until) {
      Thread.onSpinWait();
    }
  }
}
