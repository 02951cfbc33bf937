package org.flowlake.converters.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.flowlake.converters.flow.FlowFile;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.io.CorruptFlowFileException;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.UnsupportedFlowFormatException;

/** A scan of raw files: which files, packed into which tasks. Its rows are {@link FlowBatchRow}. */
public final class FlowScan implements Scan, Batch {
  /** Time zones and active time-outs: how far a file's flows may lie from the time in its name. */
  private static final long NAME_SLACK_MICROS = 2 * 86_400_000_000L;

  private final FlowReadConf conf;
  private final FlowScanPlan plan;
  private final List<Predicate> pushed;

  /**
   * @param pushed what {@code plan.filter()} tests, as Spark said it
   */
  FlowScan(FlowReadConf conf, FlowScanPlan plan, List<Predicate> pushed) {
    this.conf = conf;
    this.plan = plan;
    this.pushed = List.copyOf(pushed);
  }

  @Override
  public StructType readSchema() {
    return FlowSchema.of(plan.fields());
  }

  @Override
  public String description() {
    List<String> paths = conf.paths();
    String others = paths.size() == 1 ? "" : " and " + (paths.size() - 1) + " more";
    return "flow files " + paths.get(0) + others + ", filters=" + pushed;
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    int parallelism = SparkSession.active().sparkContext().defaultParallelism();
    try {
      return FlowTaskPlanner.byBytes(filesInWindow(), conf.taskBytes(), parallelism).stream()
          .map(FlowInputPartition::new)
          .toArray(InputPartition[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<SourceFile> filesInWindow() throws IOException {
    Configuration hadoop = hadoop();
    TimeBounds bounds = TimeBounds.of(plan.filter());
    List<SourceFile> files = new ArrayList<>();
    int number = 0;
    for (FlowFileEntry file : FlowFileListing.list(conf.paths(), hadoop)) {
      number++;
      if (bounds.isUnbounded() || canHold(file, bounds, hadoop)) {
        files.add(new SourceFile(number, 0, 0, file));
      }
    }
    return files;
  }

  private boolean canHold(FlowFileEntry file, TimeBounds bounds, Configuration hadoop)
      throws IOException {
    OptionalLong named = FlowFileName.intervalStart(file.path());
    if (conf.trustFileNames()
        && named.isPresent()
        && !bounds.meets(
            named.getAsLong() - NAME_SLACK_MICROS, named.getAsLong() + NAME_SLACK_MICROS)) {
      return false;
    }
    try (FlowFile opened = plan.format().open(file, hadoop, DamagePolicy.SKIP)) {
      return bounds.canHold(opened.statistics());
    } catch (CorruptFlowFileException | UnsupportedFlowFormatException e) {
      return true; // its task opens it again and treats it by the policy
    }
  }

  private static Configuration hadoop() {
    return SparkSession.active().sparkContext().hadoopConfiguration();
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new FlowReaderFactory(plan, new SerializableConfiguration(hadoop()));
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return FlowMetrics.supported();
  }
}
