package org.flowlake.converters.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.OutputFileFactory;
import org.flowlake.converters.flow.BenchFlows;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.flow.LakeOrder;
import org.flowlake.converters.parquet.write.ColumnFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Writes all flows, sorted, into one data file with the properties of the lake, one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class ParquetWriteBenchmark {
  private static final int DAY = 19_783; // 2024-03-01

  private Path folder;
  private Table table;
  private OutputFileFactory files;
  private FlowBatch flows;
  private String written;

  /** Decodes and sorts the flows, and makes a table for them. */
  @Setup
  public void sortFlows() throws IOException {
    List<FlowField> fields = FlowField.ofGroups(Set.of(FlowFieldGroup.CORE));
    flows = BenchFlows.read(fields);
    flows.reorder(LakeOrder.sort(flows));
    folder = Files.createTempDirectory("flowlake-bench");
    Schema schema = LakeLayout.schema(fields);
    table =
        new HadoopTables(new Configuration())
            .create(
                schema,
                LakeLayout.partitions(schema),
                LakeLayout.properties(fields),
                folder.resolve("flows").toString());
    files = OutputFileFactory.builderFor(table, 1, 1).format(FileFormat.PARQUET).build();
  }

  /** Bytes of the file. */
  @Benchmark
  public long write() throws IOException {
    PartitionData partition = new PartitionData(table.spec().partitionType());
    partition.set(0, DAY);
    EncryptedOutputFile file = files.newOutputFile(table.spec(), partition);
    written = file.encryptingOutputFile().location();
    ColumnFile writer = FlowDataFile.open(table, file, partition, flows);
    try (writer) {
      writer.write(0, flows.size());
    }
    return writer.toDataFile().fileSizeInBytes();
  }

  /** Removes the file, unmeasured. */
  @TearDown(Level.Invocation)
  public void removeFile() {
    table.io().deleteFile(written);
  }

  /** Removes the table. */
  @TearDown
  public void removeTable() {
    FileUtil.fullyDelete(folder.toFile());
  }
}
