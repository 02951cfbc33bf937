package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.flowlake.converters.lake.DoomedRun.LAKES;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.rollup.RollupSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Conversions, compactions and expiries that are killed again and again, at moments drawn by a
 * seed, while the archives grow and change: after every kill the next run has each raw file in the
 * lake with nfdump's totals or not at all, at the end no file is left that nothing names, and
 * readers beside them have never seen a part of a batch, or rollups that say another thing than the
 * flows. A process works on four lakes at once, so a kill ends as many runs: {@code
 * -Dflowlake.kills=50} kills 200 (1 kill without it, to keep the suite short).
 */
class KilledRunsTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "none"));
  private static final Path TREE = CORPUS.resolve("nfcapd/tree-v2-lz4");

  /** Flows of 2017, which {@link DoomedRun#KEPT_FROM} does not keep. */
  private static final Path OLD = CORPUS.resolve("nfcapd/real/nfcapd.201705281555");

  private static final int KILLS = Integer.getInteger("flowlake.kills", 1);
  private static final long SEED = Long.getLong("flowlake.seed", 7);

  private static final int READERS = 2;

  /** Two for the process that is killed, one for the run that puts right what it left. */
  private static final int BATCHES_PER_KILL = 3;

  /** Before, no step has begun. */
  private static final int LEAST_MILLIS_TO_LIVE = 500;

  private static final int MOST_MILLIS_TO_LIVE = 9_000;

  /** What each raw file of the archives is a copy of. */
  private final Map<Path, Path> originals = new TreeMap<>();

  /** Originals by the SHA-256 of their content, as the ledger has it. */
  private final Map<String, Path> contents = new HashMap<>();

  private final Map<DoomedRun.Step, Integer> killed = new TreeMap<>();
  private List<Path> tree;
  private int batchFiles;

  @TempDir private Path folder;

  @Test
  void lakesOfKilledRunsHoldWhatNfdumpCounts(TestReporter reporter) throws Exception {
    assumeTrue(Files.isDirectory(TREE), "No corpus at " + CORPUS + ": set -Dflowlake.corpus");
    assumeTrue(NfdumpTotals.isThere(), "no nfdump 1.7");
    tree = files(TREE);
    batchFiles = tree.size() / (BATCHES_PER_KILL * (KILLS + 1));
    SparkSession spark = LocalSpark.start();
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    AtomicBoolean ending = new AtomicBoolean();
    try {
      Set<NfdumpTotals> wholeBatches = totalsAfterBatches();
      List<Future<Looks>> looks = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        looks.add(readers.submit(() -> watch(spark, wholeBatches, ending)));
      }
      Random random = new Random(SEED);
      for (int kill = 0; kill < KILLS; kill++) {
        grow(kill * BATCHES_PER_KILL * batchFiles, (kill + 1) * BATCHES_PER_KILL * batchFiles);
        changeAFileOfAllButTheFirst(kill);
        startAndKill(
            kill, random.nextInt(LEAST_MILLIS_TO_LIVE, MOST_MILLIS_TO_LIVE), random.nextLong());
        for (int lake = 0; lake < LAKES; lake++) {
          DoomedRun.convert(spark, folder, lake, batchFiles);
          assertThatFilesAreThereWholeOrNotAtAll(spark, lake, kill);
        }
      }
      grow(KILLS * BATCHES_PER_KILL * batchFiles, tree.size());
      for (int lake = 0; lake < LAKES; lake++) {
        DoomedRun.convert(spark, folder, lake, Long.MAX_VALUE);
        DoomedRun.compact(spark, folder, lake);
      }
      ending.set(true);
      for (Future<Looks> look : looks) {
        assertThat(look.get().ofFlows()).as("looks of a reader").isPositive();
        assertThat(look.get().ofRollups()).as("looks at rollups").isPositive();
        reporter.publishEntry("reader", look.get().toString());
      }
      // From here on no reader keeps a snapshot from going.
      for (int lake = 0; lake < LAKES; lake++) {
        assertThatTheNextRunsPutItRight(spark, lake);
      }
      reporter.publishEntry("runs killed", killed.toString());
    } finally {
      ending.set(true);
      readers.shutdown();
    }
  }

  private void assertThatTheNextRunsPutItRight(SparkSession spark, int lake) throws IOException {
    DoomedRun.convert(spark, folder, lake, Long.MAX_VALUE);
    DoomedRun.compact(spark, folder, lake);
    DoomedRun.expire(spark, folder, lake, Duration.ZERO);
    FlowLake opened = FlowLake.open(spark, DoomedRun.lake(folder, lake).toString());
    assertThat(held(opened)).as("lake %s", lake).isEqualTo(nfdumps(lake));
    assertThat(new LakeVerification(spark, opened).run(true).differences()).isEmpty();
    assertThat(UnnamedFiles.of(opened, DoomedRun.lake(folder, lake)))
        .as("files that nothing names in lake %s", lake)
        .isEmpty();
  }

  /** Starts a process and kills it after so long; it ends in no other way. */
  private void startAndKill(int kill, int millis, long seed)
      throws IOException, InterruptedException {
    Path begun = folder.resolve("begun-" + kill);
    Path output = folder.resolve("output-" + kill);
    try (JavaProcess doomed =
        JavaProcess.start(
            DoomedRun.class,
            output,
            folder.toString(),
            begun.toString(),
            Long.toString(seed),
            Integer.toString(batchFiles))) {
      doomed.waitFor(begun);
      assertThat(doomed.process().waitFor(millis, TimeUnit.MILLISECONDS))
          .as(() -> "it ended by itself: " + doomed.printed())
          .isFalse();
    }
    for (int lake = 0; lake < LAKES; lake++) {
      Path at = DoomedRun.at(folder, lake);
      if (Files.exists(at)) {
        killed.merge(DoomedRun.Step.valueOf(Files.readString(at)), 1, Integer::sum);
        Files.delete(at);
      }
    }
  }

  /**
   * Looks at the first lake until the end. No file of it changes and no flow is too old, so its
   * rollups always stand for the flows.
   */
  private Looks watch(SparkSession spark, Set<NfdumpTotals> wholeBatches, AtomicBoolean ending)
      throws IOException, InterruptedException {
    String location = DoomedRun.lake(folder, 0).toString();
    Looks looks = new Looks(0, 0);
    while (!ending.get()) {
      if (FlowLake.exists(spark, location)) {
        FlowLake lake = FlowLake.open(spark, location);
        OptionalLong snapshot = lake.flowsSnapshot();
        if (snapshot.isPresent()) {
          SeenFlows seen = SeenFlows.of(lake.flows(snapshot.getAsLong()));
          assertThat(wholeBatches).contains(seen.all());
          Optional<RollupSnapshot> rollups = lake.rollupsOf(snapshot.getAsLong());
          rollups.ifPresent(state -> seen.assertThatRollupsSayTheSame(lake, state));
          looks = looks.plus(rollups.isPresent());
        }
      }
      Thread.sleep(200);
    }
    return looks;
  }

  /** How often a reader has asked. */
  private record Looks(int ofFlows, int ofRollups) {
    Looks plus(boolean atRollups) {
      return new Looks(ofFlows + 1, ofRollups + (atRollups ? 1 : 0));
    }
  }

  /** Each file of the ledger has what nfdump counts in the content that was converted. */
  private void assertThatFilesAreThereWholeOrNotAtAll(SparkSession spark, int lake, int kill)
      throws IOException {
    FlowLake opened = FlowLake.open(spark, DoomedRun.lake(folder, lake).toString());
    Map<String, NfdumpTotals> held = held(opened);
    for (Row row : opened.sources().select("path", "sha256").collectAsList()) {
      Path original = contents.get(row.getString(1));
      NfdumpTotals counted = NfdumpTotals.of(original);
      String path = Path.of(URI.create(row.getString(0))).toString();
      NfdumpTotals there = held.getOrDefault(path, NfdumpTotals.NONE);
      // Old flows are dropped as a whole once an expiry has run.
      boolean dropped = original.equals(OLD) && there.equals(NfdumpTotals.NONE);
      assertThat(dropped ? counted : there)
          .as("%s in lake %s after kill %s", path, lake, kill)
          .isEqualTo(counted);
    }
    assertThat(opened.flows().join(opened.sources(), "source_id").count())
        .as("flows of files in the ledger of lake %s after kill %s", lake, kill)
        .isEqualTo(opened.flows().count());
  }

  /**
   * What may be seen of the first lake, of which no file changes: a run takes one batch, in the
   * order of the files; the last takes what is left.
   */
  private Set<NfdumpTotals> totalsAfterBatches() throws IOException {
    Set<NfdumpTotals> totals = new HashSet<>();
    NfdumpTotals sum = NfdumpTotals.NONE;
    totals.add(sum);
    for (int file = 0; file < tree.size(); file++) {
      sum = sum.plus(NfdumpTotals.of(tree.get(file)));
      if ((file + 1) % batchFiles == 0 || file == tree.size() - 1) {
        totals.add(sum);
      }
    }
    return totals;
  }

  /** The archives get the next files of the tree. */
  private void grow(int from, int to) throws IOException {
    for (int lake = 0; lake < LAKES; lake++) {
      for (Path file : tree.subList(from, to)) {
        put(file, copy(lake, file));
      }
    }
  }

  /** The first file becomes another and, with the next kill, what it was. */
  private void changeAFileOfAllButTheFirst(int kill) throws IOException {
    for (int lake = 1; lake < LAKES; lake++) {
      Path other =
          lake == LAKES - 1 ? OLD : TREE.resolveSibling("real/chrispassas-small-lzo.nfcapd");
      put(kill % 2 == 1 ? other : tree.get(0), copy(lake, tree.get(0)));
    }
  }

  private Path copy(int lake, Path file) {
    return DoomedRun.archive(folder, lake).resolve(TREE.relativize(file).toString());
  }

  private void put(Path original, Path copy) throws IOException {
    Files.createDirectories(copy.getParent());
    Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
    originals.put(copy, original);
    contents.put(sha256(original), original);
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static Map<String, NfdumpTotals> held(FlowLake lake) {
    Map<String, NfdumpTotals> held = new TreeMap<>();
    for (Row row :
        lake.flows()
            .groupBy("source_id")
            .agg(count(lit(1)).as("n"), sum("in_packets").as("p"), sum("in_bytes").as("b"))
            .join(lake.sources(), "source_id")
            .select("path", "n", "p", "b")
            .collectAsList()) {
      Path path = Path.of(URI.create(row.getString(0)));
      held.put(path.toString(), new NfdumpTotals(row.getLong(1), row.getLong(2), row.getLong(3)));
    }
    return held;
  }

  /** What the lake should hold: of a file without flows nothing, of one that is too old neither. */
  private Map<String, NfdumpTotals> nfdumps(int lake) throws IOException {
    Map<String, NfdumpTotals> totals = new TreeMap<>();
    for (Path file : files(DoomedRun.archive(folder, lake))) {
      Path original = originals.get(file);
      NfdumpTotals counted = NfdumpTotals.of(original);
      if (counted.flows() > 0 && !original.equals(OLD)) {
        totals.put(file.toString(), counted);
      }
    }
    return totals;
  }

  private static List<Path> files(Path archive) throws IOException {
    try (Stream<Path> found = Files.walk(archive)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
