package org.flowlake.jobs.cli;

import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.StringUtils.TraditionalBinaryPrefix;
import org.flowlake.converters.lake.ConversionScope;
import org.flowlake.converters.lake.ConversionScope.KnownFiles;
import org.flowlake.jobs.question.QuestionException;
import picocli.CommandLine.Option;

/** Which files one run of a conversion takes. */
final class ScopeOptions {
  @Option(
      names = "--check-content",
      description =
          "Read and hash files again whose path, size and time are known, and replace those whose"
              + " content has changed all the same.")
  private boolean checkContent;

  @Option(
      names = "--max-files",
      paramLabel = "N",
      description = "Take at most N new files; the next run takes the next ones.")
  private long maxFiles = Long.MAX_VALUE;

  @Option(
      names = "--max-bytes",
      paramLabel = "SIZE",
      description = "Take at most SIZE of new raw files, such as 200g.")
  private String maxBytes;

  @Option(
      names = "--batch-bytes",
      paramLabel = "SIZE",
      description =
          "Commit after so much of raw files (default: 4g): what a run that is killed loses at"
              + " most.")
  private String batchBytes;

  @Option(
      names = "--watch",
      description =
          "Go on converting what comes into the folders until SIGTERM or ^C. A file is taken when"
              + " its folder has a later one, or when it has not changed for a minute;"
              + " nfcapd.current files are left alone.")
  private boolean watch;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "With --watch, how often to look (default: ${DEFAULT-VALUE}).")
  private int every;

  private static final long SETTLED_MILLIS = TimeUnit.MINUTES.toMillis(1);

  ConversionScope scope() {
    if (maxFiles < 1) {
      throw new QuestionException("--max-files is " + maxFiles + "; expected 1 or more");
    }
    if (every < 1) {
      throw new QuestionException("--every is " + every + "; expected 1 or more seconds");
    }
    return new ConversionScope(
        checkContent ? KnownFiles.HASHED : KnownFiles.UNOPENED,
        maxFiles,
        bytes("--max-bytes", maxBytes, Long.MAX_VALUE),
        bytes("--batch-bytes", batchBytes, ConversionScope.DEFAULT_BATCH_BYTES),
        watch ? SETTLED_MILLIS : 0);
  }

  boolean watches() {
    return watch;
  }

  int everySeconds() {
    return every;
  }

  private static long bytes(String option, String text, long none) {
    if (text == null) {
      return none;
    }
    long bytes;
    try {
      bytes = TraditionalBinaryPrefix.string2long(text);
    } catch (IllegalArgumentException e) {
      throw new QuestionException(
          option + " is '" + text + "'; expected bytes, or a number with k, m, g or t");
    }
    if (bytes < 1) {
      throw new QuestionException(option + " is '" + text + "'; expected more than 0");
    }
    return bytes;
  }
}
