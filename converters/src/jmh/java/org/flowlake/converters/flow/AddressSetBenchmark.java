package org.flowlake.converters.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.flowlake.udfs.ip.IpAddress;
import org.flowlake.udfs.ip.IpPrefix;
import org.flowlake.udfs.ip.IpPrefixSet;
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

/**
 * Tests the source address of every flow against a list of addresses, as {@code src ip in} does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class AddressSetBenchmark {
  /** How many addresses the list has. */
  @Param({"40", "1000", "100000"})
  public int listed;

  private byte[][] addresses;
  private int[] versions;
  private IpPrefixSet set;

  /** A list of random IPv4 addresses: most flows are of none of them, as with indicators. */
  @Setup
  public void list() throws IOException {
    FlowBatch flows = BenchFlows.read(List.of(FlowField.SRC_ADDR, FlowField.IP_VERSION));
    addresses = new byte[flows.size()][];
    versions = new int[flows.size()];
    for (int row = 0; row < addresses.length; row++) {
      addresses[row] = flows.column(FlowField.SRC_ADDR).bytesAt(row);
      versions[row] = flows.column(FlowField.IP_VERSION).intAt(row);
    }
    Random random = new Random(1);
    List<IpPrefix> prefixes = new ArrayList<>();
    for (int i = 0; i < listed; i++) {
      prefixes.add(IpPrefix.of(IpAddress.ofIpv4(random.nextInt())));
    }
    set = IpPrefixSet.of(prefixes);
  }

  /** How many flows pass. */
  @Benchmark
  public int test() {
    int passed = 0;
    for (int row = 0; row < addresses.length; row++) {
      passed += set.contains(addresses[row], versions[row]) ? 1 : 0;
    }
    return passed;
  }
}
