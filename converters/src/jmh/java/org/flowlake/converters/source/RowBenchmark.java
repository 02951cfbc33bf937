package org.flowlake.converters.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.flowlake.converters.flow.BenchFlows;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.io.DamagePolicy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Reads every file as one task of a scan does, and takes every value of every row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class RowBenchmark {
  /** Which columns the rows have. */
  @Param({"core", "five"})
  public String columns;

  private final Configuration hadoop = new Configuration();
  private final List<SourceFile> files = new ArrayList<>();
  private final List<DataType> types = new ArrayList<>();
  private FlowScanPlan plan;

  /** Lists the files once. */
  @Setup
  public void planScan() throws IOException {
    for (Path path : BenchFlows.files()) {
      FlowFileEntry entry =
          new FlowFileEntry(
              path.toUri().toString(),
              Files.size(path),
              Files.getLastModifiedTime(path).toMillis());
      files.add(new SourceFile(files.size() + 1, 0, 0, entry));
    }
    FlowPredicate everyFlow = new FlowPredicate.Constant(FlowPredicate.TRUE);
    plan = new FlowScanPlan(new NfcapdFormat(), fields(), everyFlow, DamagePolicy.FAIL);
    fields().forEach(field -> types.add(FlowSchema.dataType(field.type())));
  }

  private List<FlowField> fields() {
    return columns.equals("core")
        ? FlowField.ofGroups(Set.of(FlowFieldGroup.CORE))
        : List.of(
            FlowField.SRC_ADDR,
            FlowField.DST_ADDR,
            FlowField.DST_PORT,
            FlowField.IN_PACKETS,
            FlowField.IN_BYTES);
  }

  /** The number of rows. */
  @Benchmark
  public long rows(Blackhole taken) throws IOException {
    long rows = 0;
    FlowInputPartition task = new FlowInputPartition(files);
    try (FlowPartitionReader reader = new FlowPartitionReader(plan, task, hadoop)) {
      while (reader.next()) {
        InternalRow row = reader.get();
        for (int i = 0; i < types.size(); i++) {
          taken.consume(row.get(i, types.get(i)));
        }
        rows++;
      }
    }
    return rows;
  }
}
