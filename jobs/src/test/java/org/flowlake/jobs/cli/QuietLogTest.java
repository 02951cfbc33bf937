package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.spark.executor.Executor;
import org.apache.spark.scheduler.TaskSetManager;
import org.apache.spark.sql.execution.datasources.v2.AppendDataExec;
import org.junit.jupiter.api.Test;

/** What reaches standard error beside our own sentences. */
class QuietLogTest {
  @Test
  void messagesOnFailedTasksAreForDebuggingOnly() throws Exception {
    URI file = QuietLogTest.class.getResource("/flowlake-log4j2.properties").toURI();
    LoggerContext context = new LoggerContext("quiet");
    Configuration log = ConfigurationFactory.getInstance().getConfiguration(context, "quiet", file);
    log.initialize();

    for (Class<?> told :
        new Class<?>[] {Executor.class, TaskSetManager.class, AppendDataExec.class}) {
      assertThat(level(log, told.getName())).as(told.getName()).isEqualTo(Level.OFF);
    }
    assertThat(level(log, "org.apache.spark.SparkContext")).isEqualTo(Level.ERROR);
    assertThat(level(log, "org.apache.iceberg.hadoop.HadoopTableOperations"))
        .isEqualTo(Level.ERROR);
    assertThat(level(log, "org.flowlake.converters.lake.LakeWriter")).isEqualTo(Level.WARN);
  }

  private static Level level(Configuration log, String logger) {
    return log.getLoggerConfig(logger).getLevel();
  }
}
