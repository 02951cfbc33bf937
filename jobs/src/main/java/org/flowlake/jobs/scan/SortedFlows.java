package org.flowlake.jobs.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.lake.SortedLakeFiles;

/**
 * Flows cut into ranges of destination addresses; in each range every partition is one file, sorted
 * by destination and source address.
 */
public final class SortedFlows {
  /** What Spark reads as one partition and more: so it puts no two files into one. */
  private static final String WHOLE_FILES = Long.toString(1L << 40);

  /** A task holds one row group of the asked columns for every file. */
  private static final int MOST_FILES = 128;

  /** Sessions that read whole files, by the session that asks. */
  private static final Map<SparkSession, SparkSession> SESSIONS = new WeakHashMap<>();

  private final List<Part> parts;

  private SortedFlows(List<Part> parts) {
    this.parts = parts;
  }

  /** The flows of one range. */
  record Part(Dataset<Row> flows, AddressRange range) {}

  /** No flows that are known to be sorted. */
  public static SortedFlows none() {
    return new SortedFlows(List.of());
  }

  /** The flows of these files; none where they are too many for one task. */
  public static SortedFlows of(SparkSession asking, SortedLakeFiles files, StructType schema) {
    if (files.paths().isEmpty() || files.paths().size() > MOST_FILES) {
      return none();
    }
    Dataset<Row> all =
        session(asking).read().schema(schema).parquet(files.paths().toArray(String[]::new));
    List<Part> parts = new ArrayList<>();
    byte[] from = null;
    for (int i = 0; i <= files.cuts().size(); i++) {
      byte[] below = i < files.cuts().size() ? files.cuts().get(i) : null;
      AddressRange range = new AddressRange(from, below);
      parts.add(new Part(range.condition().map(all::filter).orElse(all), range));
      from = below;
    }
    return new SortedFlows(parts);
  }

  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** The same with a filter or other columns, which must leave the order of rows as it is. */
  public SortedFlows map(UnaryOperator<Dataset<Row>> narrow) {
    return new SortedFlows(
        parts.stream().map(part -> new Part(narrow.apply(part.flows()), part.range())).toList());
  }

  List<Part> parts() {
    return parts;
  }

  private static SparkSession session(SparkSession asking) {
    synchronized (SESSIONS) {
      return SESSIONS.computeIfAbsent(asking, SortedFlows::newSession);
    }
  }

  private static SparkSession newSession(SparkSession asking) {
    SparkSession session = asking.newSession();
    session.conf().set("spark.sql.session.timeZone", "UTC");
    session.conf().set("spark.sql.files.maxPartitionBytes", WHOLE_FILES);
    session.conf().set("spark.sql.files.openCostInBytes", WHOLE_FILES);
    // Listing so few files is no job for executors.
    session
        .conf()
        .set(
            "spark.sql.sources.parallelPartitionDiscovery.threshold", Integer.toString(MOST_FILES));
    return session;
  }
}
