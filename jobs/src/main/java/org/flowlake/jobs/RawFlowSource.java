package org.flowlake.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.FlowFileInput;
import org.flowlake.converters.nfcapd.NfcapdFile;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.FlowFileListing;
import org.flowlake.converters.source.HadoopFlowFile;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.TimeSpan;

/** Raw nfcapd files, read where they lie. */
record RawFlowSource(SparkSession spark, List<String> paths) implements FlowSource {
  RawFlowSource {
    paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new InputException("No input file");
    }
  }

  @Override
  public Dataset<Row> flows() {
    return spark.read().format("nfcapd").load(paths.toArray(String[]::new));
  }

  @Override
  public Optional<TimeSpan> timeSpan(Optional<TimeWindow> window) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<FlowFileEntry> files;
    try {
      files = FlowFileListing.list(paths, hadoop);
    } catch (FileNotFoundException e) {
      throw new InputException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.parallelStream()
        .map(file -> span(file, hadoop))
        .filter(Objects::nonNull)
        .filter(span -> window.isEmpty() || window.get().overlaps(span))
        .reduce(TimeSpan::union);
  }

  /** What the file says of itself; null where it says nothing. */
  private static TimeSpan span(FlowFileEntry entry, Configuration hadoop) {
    try (FlowFileInput input = HadoopFlowFile.open(entry, hadoop);
        NfcapdFile file = NfcapdFile.open(input, DamagePolicy.FAIL)) {
      FlowStatistics statistics = file.statistics();
      return statistics.lastSeenMillis() == 0
          ? null
          : new TimeSpan(statistics.firstSeenMillis(), statistics.lastSeenMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
