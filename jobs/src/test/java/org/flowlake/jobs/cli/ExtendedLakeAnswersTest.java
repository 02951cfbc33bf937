package org.flowlake.jobs.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.jobs.JobsSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same questions to a lake of the same four hours: the answers are the same. */
class ExtendedLakeAnswersTest extends ExtendedAnswersTest {
  @TempDir static Path lakes;

  @BeforeAll
  static void convert() throws IOException {
    new LakeConversion(
            JobsSession.get(),
            new ConversionRequest(
                lakes.toString(),
                files(),
                DamagePolicy.FAIL,
                ConversionRequest.MismatchPolicy.FAIL))
        .run();
  }

  @Override
  List<String> dumped() {
    return List.of("-R", lakes.toString());
  }

  @Override
  List<String> asked() {
    return List.of("--lake", lakes.toString());
  }
}
