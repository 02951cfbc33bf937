package org.flowlake.jobs.scan;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.UnaryOperator;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.lake.SortedLakeFiles;
import scala.reflect.ClassTag$;

/**
 * Flows cut into ranges of destination addresses; in each range every partition is one file, sorted
 * by destination and source address.
 */
public final class SortedFlows {
  /** What Spark reads as one partition and more: so it puts no two files into one. */
  private static final String WHOLE_FILES = Long.toString(1L << 40);

  /** Of merged files a task holds one row group of the asked columns each. */
  static final int MOST_MERGED = 128;

  /** So many footers are kept, see {@link org.flowlake.converters.parquet.ParquetFooters}. */
  private static final int MOST_FILES = 1024;

  /** Sessions that read whole files, by the session that asks. */
  private static final Map<SparkSession, SparkSession> SESSIONS = new WeakHashMap<>();

  private final SparkSession session;
  private final SortedLakeFiles files;
  private final StructType schema;
  private final UnaryOperator<Dataset<Row>> narrow;

  private SortedFlows(
      SparkSession session,
      SortedLakeFiles files,
      StructType schema,
      UnaryOperator<Dataset<Row>> narrow) {
    this.session = session;
    this.files = files;
    this.schema = schema;
    this.narrow = narrow;
  }

  /** The flows of one range. */
  record Part(Dataset<Row> flows, AddressRange range) {}

  /** No flows that are known to be sorted. */
  public static SortedFlows none() {
    return new SortedFlows(
        null, new SortedLakeFiles(List.of(), List.of()), new StructType(), flows -> flows);
  }

  /** The flows of these files; none where they are too many to look at one by one. */
  public static SortedFlows of(SparkSession asking, SortedLakeFiles files, StructType schema) {
    return files.paths().isEmpty() || files.paths().size() > MOST_FILES
        ? none()
        : new SortedFlows(session(asking), files, schema, flows -> flows);
  }

  /** Whether one task can read all files side by side. */
  boolean canBeMerged() {
    return files.paths().size() <= MOST_MERGED;
  }

  public boolean isEmpty() {
    return files.paths().isEmpty();
  }

  /** The same with a filter or other columns, which must leave the order of rows as it is. */
  public SortedFlows map(UnaryOperator<Dataset<Row>> next) {
    return new SortedFlows(session, files, schema, flows -> next.apply(narrow.apply(flows)));
  }

  /** The rows of each range, from Spark's own reader. */
  List<Part> parts() {
    Dataset<Row> all = session.read().schema(schema).parquet(files.paths().toArray(String[]::new));
    return AddressRange.between(files.cuts()).stream()
        .map(range -> new Part(narrow.apply(range.condition().map(all::filter).orElse(all)), range))
        .toList();
  }

  /** The same rows of no flows: what their plan says of columns and filter. */
  Dataset<Row> form() {
    org.apache.spark.sql.classic.SparkSession own =
        (org.apache.spark.sql.classic.SparkSession) session;
    RDD<InternalRow> none = own.sparkContext().emptyRDD(ClassTag$.MODULE$.apply(InternalRow.class));
    return narrow.apply(own.internalCreateDataFrame(none, schema, false));
  }

  SortedLakeFiles files() {
    return files;
  }

  SparkSession session() {
    return session;
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
            "spark.sql.sources.parallelPartitionDiscovery.threshold",
            Integer.toString(MOST_MERGED));
    return session;
  }
}
