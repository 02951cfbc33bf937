package org.flowlake.jobs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.lake.SparkOnDemand;
import org.flowlake.converters.nfcapd.CollectorName;
import org.flowlake.converters.source.CollectorInfo;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.filter.SourceLookup;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RawFileSummary;
import org.flowlake.jobs.question.TimeSpan;
import org.flowlake.jobs.scan.SortedFlows;

/** Where flows lie. The same questions give the same answers over all kinds. */
public sealed interface FlowSource extends SourceLookup
    permits RawFlowSource, LakeFlowSource, ParquetFlowSource {
  /**
   * A lake, a folder of Parquet files with columns of the flow table, or raw nfcapd files, as found
   * at the path.
   *
   * @throws InputException if there is nothing at the path
   */
  static FlowSource detect(SparkSession spark, String path) {
    return detect(SparkOnDemand.running(spark), path);
  }

  /** As {@link #detect(SparkSession, String)}; a lake is found and opened without the session. */
  static FlowSource detect(SparkOnDemand spark, String path) {
    return SourceDetection.detect(spark, path);
  }

  /**
   * A lake.
   *
   * @param location its folder, or {@code catalog:NAME.NAMESPACE}
   * @throws InputException if there is none
   */
  static FlowSource lake(SparkSession spark, String location) {
    return lake(SparkOnDemand.running(spark), location);
  }

  /** As {@link #lake(SparkSession, String)}; a folder is opened without the session. */
  static FlowSource lake(SparkOnDemand spark, String location) {
    return LakeFlowSource.open(spark, location);
  }

  /** Raw nfcapd files and folders, in the order given. */
  static FlowSource raw(SparkSession spark, List<String> paths) {
    return new RawFlowSource(spark, paths);
  }

  /** The session that questions run in. */
  SparkSession spark();

  /** All flows. Raw files: in file order. */
  Dataset<Row> flows();

  /**
   * The same flows, read by many small tasks: a task hands over its rows when it ends, so that the
   * first ones come early, and what is on its way stays small.
   */
  FlowSource inSmallTasks();

  /**
   * The same flows, read by as few tasks as keep all cores busy: for a job of which every task
   * begins a table of its own, and hands on what it found.
   */
  default FlowSource inLargeTasks() {
    return this;
  }

  /**
   * The time that the files which can hold flows of the window span, as they state it themselves;
   * empty where unknown.
   */
  Optional<TimeSpan> timeSpan(Optional<TimeWindow> window);

  /**
   * What the raw files behind the flows state of themselves, in the order of listing or of
   * conversion; empty where nothing is known of them.
   */
  List<RawFileSummary> files();

  /** What their collectors recorded beside the flows, of all files. */
  CollectorInfo collector();

  /**
   * The names that exporters told for interfaces, VRFs and applications, in the order of the files;
   * of several for one number the last one counts.
   */
  List<CollectorName> names();

  /**
   * All flows with their running number in the column {@value FlowFilter#RUNNING_NUMBER}, from 1.
   *
   * @throws QuestionException if flows here have no order to count them in
   */
  Dataset<Row> numberedFlows();

  /** The same flows from files that are sorted by address; none where there are no such files. */
  default SortedFlows sortedFlows() {
    return SortedFlows.none();
  }

  /**
   * The same flows, and no others that arrive while a question is answered: what {@link
   * #idsOfIdent} says holds for its flows only.
   */
  FlowSource pinned();

  /**
   * {@inheritDoc} A file without ident is asked for as {@code none}, as in nfdump.
   *
   * @throws QuestionException if flows here do not say which raw file they are from
   */
  @Override
  default Set<Long> idsOfIdent(String ident) {
    return files().stream()
        .filter(file -> (file.ident().isEmpty() ? "none" : file.ident()).equals(ident))
        .map(RawFileSummary::sourceId)
        .collect(Collectors.toSet());
  }
}
