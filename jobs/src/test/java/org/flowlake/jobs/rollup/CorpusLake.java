package org.flowlake.jobs.rollup;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.jobs.FlowSource;
import org.flowlake.jobs.JobsSession;

/** A lake of the corpus's files, a conversion for each of its folders. */
final class CorpusLake {
  private static final Path NFCAPD =
      Path.of(System.getProperty("flowlake.corpus", "none")).resolve("nfcapd");

  private CorpusLake() {}

  /** Converts these folders of the corpus; skips the test where there is none. */
  static FlowSource convert(Path lake, String... inputs) throws IOException {
    assumeTrue(Files.isDirectory(NFCAPD), "No corpus: set -Dflowlake.corpus");
    SparkSession spark = JobsSession.get();
    for (String input : inputs) {
      ConversionRequest request =
          new ConversionRequest(
              lake.toString(),
              List.of(NFCAPD.resolve(input).toString()),
              DamagePolicy.SKIP,
              MismatchPolicy.ACCEPT);
      new LakeConversion(spark, request).run();
    }
    return FlowSource.lake(spark, lake.toString());
  }
}
