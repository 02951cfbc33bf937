package org.flowlake.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.FlowFileInput;
import org.flowlake.converters.nfcapd.CollectorName;
import org.flowlake.converters.nfcapd.NfcapdExporter;
import org.flowlake.converters.nfcapd.NfcapdFile;
import org.flowlake.converters.nfcapd.NfcapdInspection;
import org.flowlake.converters.source.CollectorInfo;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.FlowFileListing;
import org.flowlake.converters.source.FlowReadOptions;
import org.flowlake.converters.source.HadoopFlowFile;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.RawFileSummary;
import org.flowlake.jobs.question.TimeSpan;

/** Raw nfcapd files, read where they lie. */
record RawFlowSource(SparkSession spark, List<String> paths, Map<String, String> readOptions)
    implements FlowSource {
  /** About 100,000 flows in compressed files. */
  private static final long SMALL_TASK_BYTES = 4L << 20;

  /** About 12 million flows in compressed files, which a core reads in a few seconds. */
  private static final long LARGE_TASK_BYTES = 512L << 20;

  RawFlowSource(SparkSession spark, List<String> paths) {
    this(spark, paths, Map.of());
  }

  RawFlowSource {
    paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new InputException("No input file");
    }
  }

  @Override
  public Dataset<Row> flows() {
    return spark.read().format("nfcapd").options(readOptions).load(paths.toArray(String[]::new));
  }

  @Override
  public FlowSource inSmallTasks() {
    return inTasksOf(SMALL_TASK_BYTES);
  }

  @Override
  public FlowSource inLargeTasks() {
    return inTasksOf(LARGE_TASK_BYTES);
  }

  private FlowSource inTasksOf(long bytes) {
    return new RawFlowSource(
        spark, paths, Map.of(FlowReadOptions.TASK_BYTES, Long.toString(bytes)));
  }

  @Override
  public Dataset<Row> numberedFlows() {
    return RunningNumbers.add(flows());
  }

  @Override
  public FlowSource pinned() {
    return new RawFlowSource(
        spark,
        listing(spark.sparkContext().hadoopConfiguration()).stream()
            .map(FlowFileEntry::path)
            .toList(),
        readOptions);
  }

  @Override
  public Optional<TimeSpan> timeSpan(Optional<TimeWindow> window) {
    return files().stream()
        .map(RawFileSummary::stated)
        .filter(stated -> stated.lastSeenMillis() != 0)
        .map(stated -> new TimeSpan(stated.firstSeenMillis(), stated.lastSeenMillis()))
        .filter(span -> window.isEmpty() || window.get().overlaps(span))
        .reduce(TimeSpan::union);
  }

  /** The scan numbers files by their place in the listing, from 1. */
  @Override
  public List<RawFileSummary> files() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<FlowFileEntry> entries = listing(hadoop);
    return IntStream.range(0, entries.size())
        .parallel()
        .mapToObj(i -> summary(i + 1L, entries.get(i), hadoop))
        .toList();
  }

  private static RawFileSummary summary(long sourceId, FlowFileEntry entry, Configuration hadoop) {
    try (FlowFileInput input = HadoopFlowFile.open(entry, hadoop);
        NfcapdFile file = NfcapdFile.open(input, DamagePolicy.FAIL)) {
      return new RawFileSummary(sourceId, entry.path(), file.ident(), file.statistics());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all files once: such records may stand anywhere between the flows. */
  @Override
  public CollectorInfo collector() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<NfcapdInspection> inspections =
        listing(hadoop).parallelStream().map(entry -> inspection(entry, hadoop)).toList();
    return new CollectorInfo(
        inspections.stream()
            .flatMap(inspection -> inspection.exporters().stream())
            .filter(exporter -> exporter.address().isPresent())
            .map(NfcapdExporter::withoutCounts)
            .distinct()
            .toList(),
        inspections.stream()
            .flatMap(inspection -> inspection.samplers().stream())
            .distinct()
            .toList(),
        RawFileSummary.lastIdent(files()));
  }

  private static NfcapdInspection inspection(FlowFileEntry entry, Configuration hadoop) {
    try (FlowFileInput input = HadoopFlowFile.open(entry, hadoop);
        NfcapdFile file = NfcapdFile.open(input, DamagePolicy.FAIL)) {
      return file.inspect();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all files once, as {@link #collector} does. */
  @Override
  public List<CollectorName> names() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    return listing(hadoop).parallelStream()
        .flatMap(entry -> names(entry, hadoop).stream())
        .toList();
  }

  private static List<CollectorName> names(FlowFileEntry entry, Configuration hadoop) {
    try (FlowFileInput input = HadoopFlowFile.open(entry, hadoop);
        NfcapdFile file = NfcapdFile.open(input, DamagePolicy.FAIL)) {
      return file.names();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<FlowFileEntry> listing(Configuration hadoop) {
    try {
      return FlowFileListing.list(paths, hadoop);
    } catch (FileNotFoundException e) {
      throw new InputException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
