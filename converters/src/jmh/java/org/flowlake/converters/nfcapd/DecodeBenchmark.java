package org.flowlake.converters.nfcapd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.flowlake.converters.flow.BenchFlows;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowFile;
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

/** Decodes every file of the folder {@code -Dflowlake.bench.folder}, one thread, no Spark. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class DecodeBenchmark {
  /** Which columns are asked for. */
  @Param({"all", "core", "five", "none"})
  public String columns;

  private List<Path> files;
  private FlowBatch batch;

  /** Lists the files once. */
  @Setup
  public void listFiles() throws IOException {
    files = BenchFlows.files();
    batch = new FlowBatch(fields(), 1 << 15);
  }

  private List<FlowField> fields() {
    return switch (columns) {
      case "all" -> Arrays.asList(FlowField.values());
      case "core" -> FlowField.ofGroups(Set.of(FlowFieldGroup.CORE));
      case "five" ->
          List.of(
              FlowField.SRC_ADDR,
              FlowField.DST_ADDR,
              FlowField.DST_PORT,
              FlowField.IN_PACKETS,
              FlowField.IN_BYTES);
      default -> List.of();
    };
  }

  /** The number of flows, so that nothing is optimised away. */
  @Benchmark
  public long decode() throws IOException {
    long flows = 0;
    for (Path path : files) {
      try (NfcapdFile file = NfcapdFile.open(LocalFlowFile.open(path), DamagePolicy.FAIL);
          FlowReader reader = file.flows(1)) {
        batch.clear();
        while (reader.readBlock(batch)) {
          flows += batch.size();
          batch.clear();
        }
      }
    }
    return flows;
  }
}
