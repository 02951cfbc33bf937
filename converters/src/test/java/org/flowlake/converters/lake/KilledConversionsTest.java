package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.lake.ConversionScope.KnownFiles;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.FlowFileListing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Conversions in a process that is killed, again and again, at moments drawn by a seed: at the end
 * every raw file's totals in the lake are nfdump's, and a reader beside them has never seen a part
 * of a batch. A process converts {@value #LAKES} lakes at once, so a kill ends as many runs: {@code
 * -Dflowlake.kills=50} kills 200 (two kills without it, to keep the suite short).
 */
class KilledConversionsTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "none"));
  private static final Path TREE = CORPUS.resolve("nfcapd/tree-v2-lz4");
  private static final int LAKES = 4;
  private static final int KILLS = Integer.getInteger("flowlake.kills", 2);
  private static final long SEED = Long.getLong("flowlake.seed", 7);

  private static final int MOST_MILLIS_TO_LIVE = 5_000;
  private static final int MOST_SECONDS_TO_START = 180;

  /** A few raw files, so that a run is in the middle of a commit as often as not. */
  private static final ConversionScope SMALL_BATCHES =
      new ConversionScope(KnownFiles.UNOPENED, Long.MAX_VALUE, Long.MAX_VALUE, 8_000, 0);

  private record Totals(long flows, long packets, long bytes) {}

  private final Map<Path, Totals> counted = new ConcurrentHashMap<>();

  @TempDir private Path folder;

  @Test
  void lakesOfKilledRunsHoldWhatNfdumpCounts() throws Exception {
    assumeTrue(Files.isDirectory(TREE), "No corpus at " + CORPUS + ": set -Dflowlake.corpus");
    assumeTrue(nfdumpIsThere(), "no nfdump 1.7");
    for (int lake = 0; lake < LAKES; lake++) {
      copyTree(archive(folder, lake));
    }
    SparkSession spark = LocalSpark.start();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    AtomicBoolean ending = new AtomicBoolean();
    try {
      Set<Long> wholeBatches = totalsAfterBatches();
      Future<Integer> looks = reader.submit(() -> watch(spark, wholeBatches, ending));
      Random random = new Random(SEED);
      for (int kill = 0; kill < KILLS; kill++) {
        if (kill == KILLS / 2) {
          changeAFileOfAllButTheFirst();
        }
        startAndKill(kill, random.nextInt(MOST_MILLIS_TO_LIVE));
      }
      for (int lake = 0; lake < LAKES; lake++) {
        convert(spark, folder, lake, ConversionScope.ALL);
        assertThat(held(spark, lake)).as("lake %s", lake).isEqualTo(nfdumps(archive(folder, lake)));
      }
      ending.set(true);
      assertThat(looks.get()).as("looks of the reader").isPositive();
    } finally {
      ending.set(true);
      reader.shutdown();
      spark.stop();
    }
  }

  /** The process that is killed: folder of the lakes, and the file that says that it has begun. */
  public static void main(String[] args) throws Exception {
    SparkSession spark = LocalSpark.start();
    ExecutorService lakes = Executors.newFixedThreadPool(LAKES);
    List<Future<?>> runs = new ArrayList<>();
    Files.createFile(Path.of(args[1]));
    for (int lake = 0; lake < LAKES; lake++) {
      int number = lake;
      runs.add(lakes.submit(() -> convert(spark, Path.of(args[0]), number, SMALL_BATCHES).flows()));
    }
    for (Future<?> run : runs) {
      run.get();
    }
    lakes.shutdown();
    spark.stop();
  }

  private void startAndKill(int kill, int millis) throws IOException, InterruptedException {
    Path begun = folder.resolve("begun-" + kill);
    Path output = folder.resolve("output-" + kill);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-opens") || option.startsWith("-XX:+Ignore"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            KilledConversionsTest.class.getName(),
            folder.toString(),
            begun.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      for (int waited = 0; !Files.exists(begun); waited++) {
        assertThat(process.isAlive() && waited < 10 * MOST_SECONDS_TO_START)
            .as(() -> "the process begins: " + text(output))
            .isTrue();
        Thread.sleep(100);
      }
      if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
        assertThat(process.exitValue()).as(() -> text(output)).isZero();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static ConversionSummary convert(
      SparkSession spark, Path folder, int lake, ConversionScope scope) throws IOException {
    return new LakeConversion(
            spark,
            new ConversionRequest(
                lake(folder, lake).toString(),
                List.of(archive(folder, lake).toString()),
                DamagePolicy.FAIL,
                MismatchPolicy.FAIL,
                scope,
                Optional.empty()))
        .run();
  }

  /** Looks at the first lake until the end; how often. */
  private int watch(SparkSession spark, Set<Long> wholeBatches, AtomicBoolean ending)
      throws IOException, InterruptedException {
    int looks = 0;
    while (!ending.get()) {
      if (FlowLake.exists(spark, lake(folder, 0).toString())) {
        assertThat(wholeBatches)
            .contains(FlowLake.open(spark, lake(folder, 0).toString()).flows().count());
        looks++;
      }
      Thread.sleep(200);
    }
    return looks;
  }

  /** What may be seen of the first lake, of which no file changes: batches come in their order. */
  private Set<Long> totalsAfterBatches() throws IOException {
    Set<Long> totals = new HashSet<>();
    long flows = 0;
    totals.add(flows);
    List<FlowFileEntry> listed =
        FlowFileListing.list(List.of(archive(folder, 0).toString()), new Configuration());
    for (List<FlowFileEntry> batch :
        NewFiles.of(listed, Map.of(), SMALL_BATCHES, System.currentTimeMillis()).batches()) {
      for (FlowFileEntry file : batch) {
        flows += nfdump(Path.of(java.net.URI.create(file.path()))).flows();
      }
      totals.add(flows);
    }
    // The last run takes what is left in one batch, so it adds no other total.
    return totals;
  }

  private void changeAFileOfAllButTheFirst() throws IOException {
    for (int lake = 1; lake < LAKES; lake++) {
      Path changed = files(archive(folder, lake)).get(0);
      Files.copy(
          CORPUS.resolve("nfcapd/real/nfcapd.201705281555"),
          changed,
          StandardCopyOption.REPLACE_EXISTING);
      counted.remove(changed);
    }
  }

  private Map<String, Totals> held(SparkSession spark, int lake) throws IOException {
    FlowLake opened = FlowLake.open(spark, lake(folder, lake).toString());
    Map<String, Totals> held = new TreeMap<>();
    for (Row row :
        opened
            .flows()
            .groupBy("source_id")
            .agg(count(lit(1)).as("n"), sum("in_packets").as("p"), sum("in_bytes").as("b"))
            .join(opened.sources(), "source_id")
            .select("path", "n", "p", "b")
            .collectAsList()) {
      Path path = Path.of(java.net.URI.create(row.getString(0)));
      held.put(path.toString(), new Totals(row.getLong(1), row.getLong(2), row.getLong(3)));
    }
    return held;
  }

  private Map<String, Totals> nfdumps(Path archive) throws IOException {
    Map<String, Totals> totals = new TreeMap<>();
    for (Path file : files(archive)) {
      if (nfdump(file).flows() > 0) {
        totals.put(file.toString(), nfdump(file));
      }
    }
    return totals;
  }

  private Totals nfdump(Path file) throws IOException {
    Totals known = counted.get(file);
    if (known == null) {
      Map<String, Long> figures = new TreeMap<>();
      for (String line : nfdumpText("-I", "-r", file.toString()).split("\n")) {
        if (line.matches("(Flows|Packets|Bytes): \\d+")) {
          figures.put(line.replaceAll(":.*", ""), Long.valueOf(line.replaceAll(".* ", "")));
        }
      }
      known = new Totals(figures.get("Flows"), figures.get("Packets"), figures.get("Bytes"));
      counted.put(file, known);
    }
    return known;
  }

  private static boolean nfdumpIsThere() {
    try {
      return nfdumpText("-V").contains("1.7.");
    } catch (IOException e) {
      return false;
    }
  }

  private static String nfdumpText(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("nfdump"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void copyTree(Path target) throws IOException {
    for (Path file : files(TREE)) {
      Path copy = target.resolve(TREE.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }

  private static List<Path> files(Path archive) throws IOException {
    try (Stream<Path> found = Files.walk(archive)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Path archive(Path folder, int lake) {
    return folder.resolve("archive-" + lake);
  }

  private static Path lake(Path folder, int lake) {
    return folder.resolve("lake-" + lake);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}
