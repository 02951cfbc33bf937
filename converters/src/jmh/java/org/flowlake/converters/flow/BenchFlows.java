package org.flowlake.converters.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowFile;
import org.flowlake.converters.nfcapd.NfcapdFile;

/** The nfcapd files that benchmarks read: all of the folder {@code -Dflowlake.bench.folder}. */
public final class BenchFlows {
  private BenchFlows() {}

  /** The files, in order of their names. */
  public static List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(Path.of(System.getProperty("flowlake.bench.folder")))) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** All flows of all files, in file order. */
  public static FlowBatch read(List<FlowField> fields) throws IOException {
    FlowBatch flows = new FlowBatch(fields, 1 << 15);
    int source = 1;
    for (Path path : files()) {
      try (NfcapdFile file = NfcapdFile.open(LocalFlowFile.open(path), DamagePolicy.FAIL);
          FlowReader reader = file.flows(source++)) {
        while (reader.readBlock(flows)) {
          // The batch keeps all blocks.
        }
      }
    }
    return flows;
  }
}
