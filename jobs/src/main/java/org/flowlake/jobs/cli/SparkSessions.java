package org.flowlake.jobs.cli;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.lake.SparkOnDemand;
import scala.Option;

/**
 * The session that a command runs in. Started by {@code spark-submit}, master and settings come
 * from there; started by itself, it is all cores of this machine, quiet and without a web page.
 */
final class SparkSessions {
  private static final String MASTER = "spark.master";
  private static final String LOCAL_CLUSTER = "local-cluster";
  private static final String EXTENSIONS =
      "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions,"
          + "org.flowlake.udfs.function.FlowFunctionsExtension";

  /** This rule drops a scan in which no flow passed, and with it what the scan has counted. */
  private static final String EMPTY_STAGE_RULE =
      "org.apache.spark.sql.execution.adaptive.AQEPropagateEmptyRelation";

  private static final String SHUFFLE_PARTITIONS =
      "spark.sql.adaptive.coalescePartitions.initialPartitionNum";

  private SparkSessions() {}

  /**
   * As {@link #start}, but not before it is needed, where this process itself would start it;
   * {@code spark-submit} waits for a session.
   */
  static SparkOnDemand onDemand(String name, Optional<String> master) {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    boolean runs = running.isDefined() && !running.get().sparkContext().isStopped();
    return runs || System.getProperty(MASTER) != null
        ? SparkOnDemand.running(start(name, master))
        : SparkOnDemand.later(
            () -> start(name, master), SparkHadoopUtil.get().newConfiguration(new SparkConf()));
  }

  /** Takes the session that runs as it is, or starts one; it is that of the calling thread then. */
  static SparkSession start(String name, Optional<String> master) {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    if (running.isDefined() && !running.get().sparkContext().isStopped()) {
      // Lakes are settings of a session, and Spark looks them up in that of the calling thread.
      SparkSession.setActiveSession(running.get());
      return running.get();
    }
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("flowlake " + name)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.extensions", EXTENSIONS)
            .config("spark.sql.adaptive.optimizer.excludedRules", EMPTY_STAGE_RULE)
            .config("spark.ui.showConsoleProgress", "false");
    boolean submitted = System.getProperty(MASTER) != null;
    if (submitted && master.isEmpty()) {
      return builder.getOrCreate();
    }
    String asked = master.orElse("local[*]");
    builder = builder.master(asked).config("spark.ui.enabled", "false");
    if (asked.startsWith("local")) {
      // Hadoop gives new files a mask of its own; here they are the user's, as all others.
      Optional<String> umask = ProcessUmask.octal();
      if (umask.isPresent()) {
        builder = builder.config("spark.hadoop.fs.permissions.umask-mode", umask.get());
      }
      // Few tasks per core and shuffle: partitions cost more here than they balance. Where the plan
      // is adaptive there are more, each small enough for a small heap, and Spark joins those that
      // turn out smaller than it needs.
      int cores = Runtime.getRuntime().availableProcessors();
      builder =
          builder
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.driver.maxResultSize", "0")
              .config("spark.sql.shuffle.partitions", Integer.toString(2 * cores))
              .config(SHUFFLE_PARTITIONS, Integer.toString(Math.max(2 * cores, 128)))
              // So many partitions must not be so many open files in each task.
              .config("spark.shuffle.sort.bypassMergeThreshold", Integer.toString(2 * cores));
    }
    if (asked.startsWith(LOCAL_CLUSTER) || !asked.startsWith("local")) {
      builder = builder.config("spark.jars", ownJar());
    }
    return builder.getOrCreate();
  }

  /** Ends the session of this JVM, if there is one, so that executors elsewhere end in order. */
  static void stop() {
    SparkSession session = SparkSession.getDefaultSession().getOrElse(() -> null);
    if (session != null) {
      session.stop();
    }
  }

  /** Executors elsewhere need our classes; spark-submit would bring them. */
  private static String ownJar() {
    return SparkSessions.class.getProtectionDomain().getCodeSource().getLocation().toString();
  }
}
