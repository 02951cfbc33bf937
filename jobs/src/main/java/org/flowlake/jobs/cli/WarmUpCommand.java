package org.flowlake.jobs.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.io.LocalFlowOutput;
import org.flowlake.converters.nfcapd.BlockCompression;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.converters.nfcapd.NfcapdWriter;
import picocli.CommandLine.Command;

/**
 * Converts a few made-up flows and asks the usual questions, so that a JVM that archives its
 * classes at its end ({@code -XX:ArchiveClassesAtExit}) has loaded what these need.
 */
@Command(
    name = "warm-up",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Loads what the usual questions need, for an archive of classes.")
final class WarmUpCommand implements Callable<Integer> {
  private static final int FLOWS = 5_000;
  private static final long FIRST_MICROS = 1_700_000_000_000_000L;
  private static final int TCP = 6;

  private static final List<String> QUESTIONS =
      List.of(
          "-s dstip/bytes -n 10 'not dst net 10.0.0.0/8'",
          "-s srcip:p/flows -s dstport/packets -n 0 'proto tcp and dst port in [22 80]'",
          "-s record/bytes -n 5",
          "-A srcip,dstip,dstport -O bytes -n 10 'host 10.0.0.7'",
          "-A srcip4/24 -O tstart 'ip in [10.0.0.1 10.0.0.2 192.0.2.0/24]'",
          "-O tstart -n 10 'bytes > 100 and flags S'",
          "-o long -c 10 'src net 10.0.0.0/24'",
          "-o csv -c 10 any",
          "-o json -c 10 any");

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("flowlake-warm-up");
    try {
      Path raw = folder.resolve("nfcapd.202311142213");
      write(raw);
      String lake = folder.resolve("lake").toString();
      int status = run(CommandWords.split("convert --lake " + lake + " " + raw));
      for (String question : QUESTIONS) {
        for (String source : List.of("-R " + lake, "-r " + raw)) {
          status = Math.max(status, run(CommandWords.split("dump " + source + " " + question)));
        }
      }
      return status;
    } finally {
      delete(folder);
    }
  }

  private static int run(List<String> words) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return FlowlakeCommand.execute(nowhere, words.toArray(String[]::new));
  }

  private static void write(Path file) throws IOException {
    FlowBatch flows =
        new FlowBatch(
            List.of(
                FlowField.FIRST_SEEN,
                FlowField.LAST_SEEN,
                FlowField.IP_VERSION,
                FlowField.SRC_ADDR,
                FlowField.DST_ADDR,
                FlowField.PROTO,
                FlowField.DST_PORT,
                FlowField.IN_PACKETS,
                FlowField.IN_BYTES),
            FLOWS);
    for (int i = 0; i < FLOWS; i++) {
      flows.column(0).appendLong(FIRST_MICROS + i * 1000L);
      flows.column(1).appendLong(FIRST_MICROS + i * 2000L);
      flows.column(2).appendInt(4);
      flows.column(3).appendIpv4(0x0A000000 + i % 256);
      flows.column(4).appendIpv4(0xC0000200 + i % 100);
      flows.column(5).appendInt(TCP);
      flows.column(6).appendInt(i % 1024);
      flows.column(7).appendLong(1 + i % 10);
      flows.column(8).appendLong(i);
      flows.endFlow();
    }
    try (NfcapdWriter writer =
        new NfcapdWriter(
            LocalFlowOutput.create(file),
            new BlockEncoding(BlockCompression.LZ4, 0),
            Instant.ofEpochSecond(FIRST_MICROS / 1_000_000))) {
      writer.flows(flows);
      writer.finish("");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
