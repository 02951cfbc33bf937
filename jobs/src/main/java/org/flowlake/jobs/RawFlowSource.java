package org.flowlake.jobs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.source.FlowFileEntry;
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
  public Dataset<Row> numberedFlows() {
    return RunningNumbers.add(flows());
  }

  @Override
  public FlowSource pinned() {
    return new RawFlowSource(
        spark, FlowFiles.list(spark, paths).stream().map(FlowFileEntry::path).toList());
  }

  /** The id of a raw file is its place in the list of all, from 1. */
  @Override
  public Set<Long> idsOfIdent(String ident) {
    List<FlowFileEntry> files = FlowFiles.list(spark, paths);
    return LongStream.rangeClosed(1, files.size())
        .parallel()
        .filter(id -> FlowFiles.ident(spark, files.get((int) id - 1)).equals(ident))
        .boxed()
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<TimeSpan> timeSpan(Optional<TimeWindow> window) {
    return FlowFiles.list(spark, paths).parallelStream()
        .map(file -> FlowFiles.span(spark, file))
        .flatMap(Optional::stream)
        .filter(span -> window.isEmpty() || window.get().overlaps(span))
        .reduce(TimeSpan::union);
  }
}
