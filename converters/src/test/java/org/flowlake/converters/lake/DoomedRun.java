package org.flowlake.converters.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.lake.ConversionScope.KnownFiles;

/**
 * A process that converts, compacts and expires several lakes at the same time, without end: to be
 * killed. Each lake says in a file what it is at, so that who kills it knows what was hit.
 */
final class DoomedRun {
  static final int LAKES = 4;

  /** Flows before this day are dropped for their age. */
  static final LocalDate KEPT_FROM = LocalDate.of(2018, 1, 1);

  /** No day of the lakes is left open. */
  private static final LocalDate LATER = LocalDate.of(2100, 1, 1);

  /** Longer than any question of the readers takes. */
  private static final Duration KEPT_SNAPSHOTS = Duration.ofMinutes(2);

  private DoomedRun() {}

  /** What a run does. */
  enum Step {
    CONVERT,
    COMPACT,
    EXPIRE
  }

  /** In this order, over and over; expiry takes the longest. */
  private static final List<Step> STEPS =
      List.of(Step.CONVERT, Step.COMPACT, Step.CONVERT, Step.COMPACT, Step.EXPIRE);

  /**
   * Runs until it is killed.
   *
   * @param args folder of archives and lakes; a file to be made once it has begun; seed of the
   *     first steps; how many raw files a batch has
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Random random = new Random(Long.parseLong(args[2]));
    long batchFiles = Long.parseLong(args[3]);
    SparkSession spark = LocalSpark.start();
    ExecutorCompletionService<Void> lakes =
        new ExecutorCompletionService<>(Executors.newFixedThreadPool(LAKES));
    Files.createFile(Path.of(args[1]));
    for (int lake = 0; lake < LAKES; lake++) {
      int number = lake;
      int first = random.nextInt(STEPS.size());
      lakes.submit(() -> forever(spark, folder, number, first, batchFiles));
    }
    // None returns, so this is the error of the first that fails.
    lakes.take().get();
  }

  private static Void forever(SparkSession spark, Path folder, int lake, int first, long batchFiles)
      throws IOException {
    boolean isThere = FlowLake.exists(spark, lake(folder, lake).toString());
    int number = isThere ? first : 0;
    while (true) {
      Step step = STEPS.get(number % STEPS.size());
      Files.writeString(at(folder, lake), step.name());
      switch (step) {
        case CONVERT -> convert(spark, folder, lake, batchFiles);
        case COMPACT -> compact(spark, folder, lake);
        case EXPIRE -> expire(spark, folder, lake, KEPT_SNAPSHOTS);
      }
      number++;
    }
  }

  static void convert(SparkSession spark, Path folder, int lake, long mostFiles)
      throws IOException {
    new LakeConversion(
            spark,
            new ConversionRequest(
                lake(folder, lake).toString(),
                List.of(archive(folder, lake).toString()),
                DamagePolicy.FAIL,
                MismatchPolicy.FAIL,
                new ConversionScope(
                    KnownFiles.UNOPENED, mostFiles, Long.MAX_VALUE, Long.MAX_VALUE, 0),
                Optional.empty()))
        .run();
  }

  static void compact(SparkSession spark, Path folder, int lake) throws IOException {
    new LakeCompaction(spark, lake(folder, lake).toString(), () -> {}).run(LATER, day -> {});
  }

  static void expire(SparkSession spark, Path folder, int lake, Duration keptSnapshots)
      throws IOException {
    new LakeExpiry(spark, lake(folder, lake).toString(), () -> {})
        .run(new LakeExpiry.Request(KEPT_FROM, keptSnapshots, false));
  }

  static Path archive(Path folder, int lake) {
    return folder.resolve("archive-" + lake);
  }

  static Path lake(Path folder, int lake) {
    return folder.resolve("lake-" + lake);
  }

  /** The file that says what the lake is at. */
  static Path at(Path folder, int lake) {
    return folder.resolve("at-" + lake);
  }
}
