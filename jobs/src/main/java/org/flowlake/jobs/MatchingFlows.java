package org.flowlake.jobs;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.jobs.derive.GeoColumns;
import org.flowlake.jobs.derive.GeoFiles;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.list.TimeWindow;

/** The flows of a source that a question looks at. */
final class MatchingFlows {
  private MatchingFlows() {}

  /**
   * The flows inside the window that match the filter. A running number counts all flows, those
   * outside the window too.
   */
  static Dataset<Row> of(
      FlowSource source, GeoFiles geo, Optional<TimeWindow> window, Optional<FlowFilter> filter) {
    boolean fixed =
        filter.isPresent() && (filter.get().asksForIdents() || filter.get().asksForNumbers());
    FlowSource asked = fixed ? source.pinned() : source;
    boolean numbered = filter.isPresent() && filter.get().asksForNumbers();
    Dataset<Row> matching =
        of(asked, numbered ? asked.numberedFlows() : asked.flows(), geo, window, filter);
    return numbered ? matching.drop(FlowFilter.RUNNING_NUMBER) : matching;
  }

  /** The flows among {@code stored}, which are of the source, that match. */
  static Dataset<Row> of(
      FlowSource source,
      Dataset<Row> stored,
      GeoFiles geo,
      Optional<TimeWindow> window,
      Optional<FlowFilter> filter) {
    geo.shareWith(stored.sparkSession().sparkContext());
    Dataset<Row> all = GeoColumns.added(stored, geo);
    Dataset<Row> inside = window.isEmpty() ? all : all.filter(window.get().condition());
    return filter.isEmpty()
        ? inside
        : inside.filter(filter.get().from(source).column(all.schema()));
  }
}
