package org.flowlake.jobs;

import org.apache.spark.sql.SparkSession;

/**
 * The one session of all tests of this module; the command takes the session that runs. A task may
 * fail twice, as on a cluster.
 */
public final class JobsSession {
  private JobsSession() {}

  public static SparkSession get() {
    return SparkSession.builder()
        .master("local[2,3]")
        .appName("jobs tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config(
            "spark.sql.extensions",
            "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions,"
                + "org.flowlake.udfs.function.FlowFunctionsExtension")
        .getOrCreate();
  }
}
