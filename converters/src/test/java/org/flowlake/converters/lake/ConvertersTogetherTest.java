package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that convert at the same moment into one lake, their inputs overlapping: each raw file
 * goes in once. {@code -Dflowlake.rounds=20} does it 20 times with four of them, each time into a
 * new lake; without it two do it once.
 */
class ConvertersTogetherTest {
  private static final Path TREE =
      Path.of(System.getProperty("flowlake.corpus", "none")).resolve("nfcapd/tree-v2-lz4/2024/03");
  private static final int ROUNDS = Integer.getInteger("flowlake.rounds", 1);

  /** Of the corpus' manifest: nfdump's count. */
  private static final int FILES = 331;

  private static final long FLOWS = 12_679;

  @TempDir private Path folder;

  @Test
  void eachFileGoesInOnce() throws Exception {
    assumeTrue(Files.isDirectory(TREE), "No corpus: set -Dflowlake.corpus");
    List<String> inputs = inputs(ROUNDS);
    List<JavaProcess> converters = new ArrayList<>();
    SparkSession spark = LocalSpark.start();
    try {
      for (int number = 0; number < inputs.size(); number++) {
        converters.add(
            JavaProcess.start(
                ConvertersTogetherTest.class,
                folder.resolve("output-" + number),
                folder.toString(),
                Integer.toString(number),
                Integer.toString(ROUNDS),
                TREE.toString()));
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (int number = 0; number < inputs.size(); number++) {
          converters.get(number).waitFor(sign(folder, "ready", round, number));
        }
        Files.createFile(folder.resolve("go-" + round));
        long converted = 0;
        for (int number = 0; number < inputs.size(); number++) {
          converters.get(number).waitFor(sign(folder, "done", round, number));
          converted += Long.parseLong(Files.readString(sign(folder, "done", round, number)));
        }
        assertThat(converted).as("files converted in round %s", round).isEqualTo(FILES);
        assertThatTheLakeIsWhole(spark, round);
      }
    } finally {
      converters.forEach(JavaProcess::close);
    }
  }

  private void assertThatTheLakeIsWhole(SparkSession spark, int round) throws IOException {
    FlowLake lake = FlowLake.open(spark, lake(folder, round));
    LakeVerification.Outcome outcome = new LakeVerification(spark, lake).run(true);
    assertThat(outcome.differences()).as("round %s", round).isEmpty();
    assertThat(outcome.sources()).isEqualTo(FILES);
    assertThat(outcome.rawFiles()).isEqualTo(FILES);
    assertThat(lake.flows().count()).isEqualTo(FLOWS);
  }

  /**
   * One of the processes.
   *
   * @param args folder of lakes and signs; its number; how many rounds there are; the raw files
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int number = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    SparkSession spark = LocalSpark.start();
    for (int round = 0; round < rounds; round++) {
      Files.createFile(sign(folder, "ready", round, number));
      while (!Files.exists(folder.resolve("go-" + round))) {
        Thread.sleep(1);
      }
      ConversionSummary summary =
          new LakeConversion(
                  spark,
                  new ConversionRequest(
                      lake(folder, round),
                      List.of(Path.of(args[3]).resolve(inputs(rounds).get(number)).toString()),
                      DamagePolicy.FAIL,
                      MismatchPolicy.FAIL))
              .run();
      Path said = folder.resolve("said-" + round + '-' + number);
      Files.writeString(said, Long.toString(summary.filesConverted()));
      Files.move(said, sign(folder, "done", round, number));
    }
    spark.stop();
  }

  /** What each process converts: days, or all of them. */
  private static List<String> inputs(int rounds) {
    return rounds > 1 ? List.of("11", "12", "", "11") : List.of("", "11");
  }

  private static Path sign(Path folder, String name, int round, int number) {
    return folder.resolve(name + '-' + round + '-' + number);
  }

  private static String lake(Path folder, int round) {
    return folder.resolve("lake-" + round).toString();
  }
}
