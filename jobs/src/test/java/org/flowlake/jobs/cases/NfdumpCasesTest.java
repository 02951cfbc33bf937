package org.flowlake.jobs.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.flowlake.jobs.JobsSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every question of a corpus of nfdump's answers ({@code -Dflowlake.corpus=DIR}), asked of the raw
 * files and of a lake made from them.
 */
class NfdumpCasesTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "."));

  @TempDir static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void corpusIsThere() {
    assumeTrue(
        Files.exists(CORPUS.resolve("cases.jsonl")),
        "no cases.jsonl in " + CORPUS + "; set -Dflowlake.corpus=DIR");
    spark = JobsSession.get();
  }

  @TestFactory
  Stream<DynamicTest> rawFilesAnswerAsNfdump() throws IOException {
    return NfdumpCase.all(CORPUS).stream()
        .map(asked -> DynamicTest.dynamicTest(asked.toString(), () -> askRawFiles(asked)));
  }

  @TestFactory
  Stream<DynamicTest> lakeAnswersAsNfdump() throws IOException {
    CaseLakes lakes = new CaseLakes(spark, folder);
    return NfdumpCase.all(CORPUS).stream()
        .filter(asked -> !asked.isError() && !asked.isOfOtherLevel())
        .map(asked -> DynamicTest.dynamicTest(asked.toString(), () -> askLake(asked, lakes)));
  }

  private static void askRawFiles(NfdumpCase asked) throws IOException {
    CaseAnswer answer = CaseAnswer.of(asked, asked.inputArgs());
    if (asked.isError()) {
      assertThat(answer.status()).isNotZero();
      assertThat(answer.text()).isEmpty();
    } else if (!asked.isOfOtherLevel()) {
      assertThat(answer.status()).isZero();
      new CaseComparison(asked).compareRaw(asked.expected(), answer.text());
    }
  }

  private static void askLake(NfdumpCase asked, CaseLakes lakes) throws IOException {
    List<String> lake = lakes.inputArgs(asked);
    CaseAnswer answer = CaseAnswer.of(asked, lake);
    assertThat(answer.status()).isZero();
    new CaseComparison(asked).compareLake(asked.expected(), answer.text());
  }
}
