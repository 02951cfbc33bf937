package org.flowlake.converters.rollup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;

/**
 * Finds the flows of few hosts in this JVM. Of a file first the addresses are read, or the times
 * where the rollups name them, and then the other columns of the row groups that hold such flows; a
 * Spark scan reads all columns of every flow of the days.
 */
public final class HostFlows {
  /** More flows are a question for Spark. */
  public static final long MOST_FLOWS = 5_000;

  /** So are more rows to look at, by the metadata of their files. */
  private static final long MOST_ROWS = 100_000_000;

  private final Table flows;
  private final List<FlowField> fields;

  /**
   * Looks into a table of flows.
   *
   * @param fields columns of the flows that are found; others are left out
   */
  public HostFlows(Table flows, List<FlowField> fields) {
    this.flows = flows;
    this.fields = List.copyOf(fields);
  }

  /** A file with what is looked for in it. */
  private record Candidate(DataFile file, Integer day, List<HostSightings> wanted) {}

  /**
   * The flows that have a part in any of the sightings, file by file, ordered by day.
   *
   * @return empty where there is too much to look at, or only Iceberg's readers give the right
   *     flows
   */
  public Optional<List<FlowBatch>> find(long snapshot, List<HostSightings> wanted, int threads) {
    Map<String, Candidate> files = new TreeMap<>();
    for (HostSightings sightings : wanted) {
      if (sightings.days().all()
          || sightings.days().withoutTime()
          || !add(files, snapshot, sightings)) {
        return Optional.empty();
      }
    }
    long flowsFound = wanted.stream().mapToLong(HostSightings::records).sum();
    long rows = files.values().stream().mapToLong(file -> file.file().recordCount()).sum();
    if (flowsFound > MOST_FLOWS || rows > MOST_ROWS) {
      return Optional.empty();
    }
    List<Callable<FlowBatch>> asked = new ArrayList<>();
    files.values().stream()
        .sorted(Comparator.comparing(Candidate::day))
        .forEach(
            file ->
                asked.add(
                    () ->
                        new HostFlowsInFile(
                                new StoredParquet(flows.io().newInputFile(file.file().location())),
                                file.day(),
                                file.wanted(),
                                fields)
                            .find()));
    try (FileReaders readers = new FileReaders(threads)) {
      return Optional.of(readers.results(asked));
    }
  }

  private boolean add(Map<String, Candidate> files, long snapshot, HostSightings sightings) {
    if (sightings.days().isEmpty()) {
      return true;
    }
    try (CloseableIterable<FileScanTask> tasks =
        flows.newScan().useSnapshot(snapshot).filter(sightings.days().expression()).planFiles()) {
      for (FileScanTask task : tasks) {
        if (!task.deletes().isEmpty()
            || task.file().format() != FileFormat.PARQUET
            || !isByDay(task.spec())) {
          return false;
        }
        Integer day = task.file().partition().get(0, Integer.class);
        if (day != null && sightings.days().days().contains(day)) {
          files
              .computeIfAbsent(
                  task.file().location(),
                  path -> new Candidate(task.file(), day, new ArrayList<>()))
              .wanted()
              .add(sightings);
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read which files are in " + flows.location(), e);
    }
  }

  private static boolean isByDay(PartitionSpec spec) {
    return spec.fields().size() == 1 && spec.fields().get(0).transform().toString().equals("day");
  }
}
