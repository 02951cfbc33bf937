package org.flowlake.converters.lake;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark session that starts when it is first needed: what a lake's rollups and metadata answer
 * does not wait for it, and a process that asks nothing else never starts it.
 */
public final class SparkOnDemand {
  private final Supplier<SparkSession> start;
  private final Configuration hadoop;
  private SparkSession session;

  private SparkOnDemand(Supplier<SparkSession> start, Configuration hadoop, SparkSession session) {
    this.start = start;
    this.hadoop = hadoop;
    this.session = session;
  }

  /** A session that runs already. */
  public static SparkOnDemand running(SparkSession session) {
    return new SparkOnDemand(() -> session, session.sparkContext().hadoopConfiguration(), session);
  }

  /**
   * A session that is started at the first call of {@link #session}, if ever.
   *
   * @param hadoop how file systems are reached until then, and by what does not need the session
   */
  public static SparkOnDemand later(Supplier<SparkSession> start, Configuration hadoop) {
    return new SparkOnDemand(start, hadoop, null);
  }

  /** The session; started if it does not run yet. */
  public synchronized SparkSession session() {
    if (session == null) {
      session = start.get();
    }
    return session;
  }

  /** The session if it runs. */
  public synchronized Optional<SparkSession> started() {
    return Optional.ofNullable(session);
  }

  /** How file systems are reached. */
  public Configuration hadoop() {
    return hadoop;
  }
}
