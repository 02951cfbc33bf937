package org.flowlake.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.FlowFileInput;
import org.flowlake.converters.nfcapd.NfcapdFile;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.FlowFileListing;
import org.flowlake.converters.source.HadoopFlowFile;
import org.flowlake.jobs.question.TimeSpan;

/** What raw files say of themselves, read on the driver without their flows. */
final class FlowFiles {
  /** What nfdump calls the ident of a file that has none. */
  static final String NO_IDENT = "none";

  private FlowFiles() {}

  /**
   * All files that these paths name, in file order.
   *
   * @throws InputException if one names nothing
   */
  static List<FlowFileEntry> list(SparkSession spark, List<String> paths) {
    try {
      return FlowFileListing.list(paths, hadoop(spark));
    } catch (FileNotFoundException e) {
      throw new InputException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's ident; {@value #NO_IDENT} where it has none. */
  static String ident(SparkSession spark, FlowFileEntry entry) {
    String ident = read(spark, entry, NfcapdFile::ident);
    return ident.isEmpty() ? NO_IDENT : ident;
  }

  /** From the first to the last time of its flows; empty where it does not say. */
  static Optional<TimeSpan> span(SparkSession spark, FlowFileEntry entry) {
    FlowStatistics statistics = read(spark, entry, NfcapdFile::statistics);
    return statistics.lastSeenMillis() == 0
        ? Optional.empty()
        : Optional.of(new TimeSpan(statistics.firstSeenMillis(), statistics.lastSeenMillis()));
  }

  private static <T> T read(
      SparkSession spark, FlowFileEntry entry, Function<NfcapdFile, T> answer) {
    try (FlowFileInput input = HadoopFlowFile.open(entry, hadoop(spark));
        NfcapdFile file = NfcapdFile.open(input, DamagePolicy.FAIL)) {
      return answer.apply(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Configuration hadoop(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }
}
