package org.flowlake.jobs.rollup;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.jobs.FlowSource;
import org.flowlake.jobs.JobsSession;

/**
 * A lake of the corpus's files, a conversion for each of its folders. It is made for the first test
 * that asks and serves all that only read; it goes with the process.
 */
final class CorpusLake {
  private static final Path NFCAPD =
      Path.of(System.getProperty("flowlake.corpus", "none")).resolve("nfcapd");
  private static FlowSource shared;

  private CorpusLake() {}

  /** The lake; skips the test where there is no corpus. */
  static synchronized FlowSource orSkip() throws IOException {
    if (shared == null) {
      Path folder = Files.createTempDirectory("corpus-lake");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(folder.toFile())));
      shared = convert(folder, "devices", "tree-v2-lz4", "tree-v1-bz2", "real");
    }
    return shared;
  }

  /** Converts these folders of the corpus into a lake for one test. */
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
