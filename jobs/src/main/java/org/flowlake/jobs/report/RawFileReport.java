package org.flowlake.jobs.report;

import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Locale;
import org.flowlake.converters.nfcapd.BlockCompression;
import org.flowlake.converters.nfcapd.NfcapdBlockCount;
import org.flowlake.converters.nfcapd.NfcapdExporter;
import org.flowlake.converters.nfcapd.NfcapdFile;
import org.flowlake.converters.nfcapd.NfcapdFileHeader;
import org.flowlake.converters.nfcapd.NfcapdInspection;
import org.flowlake.converters.nfcapd.NfcapdSampler;
import org.flowlake.udfs.ip.IpAddress;

/** What one raw file is, and who sent its flows, in nfdump's words ({@code -v}, {@code -E}). */
public final class RawFileReport {
  private static final int IPV4_WIDTH = 16;
  private static final int IPV6_WIDTH = 40;
  private static final long GENERIC_SAMPLER = -1;
  private static final long DEFAULT_SAMPLER = -2;
  private static final long OVERWRITING_SAMPLER = -3;

  private final PrintStream out;

  public RawFileReport(PrintStream out) {
    this.out = out;
  }

  /**
   * Reads the file to its end and prints its header and counts.
   *
   * @throws IOException on the first damage
   */
  public void printVerified(NfcapdFile file, String name, long bytes, ZoneId zone)
      throws IOException {
    NfcapdFileHeader header = file.header();
    line("File", name);
    line("Size", bytes);
    if (header.layout() == 1) {
      String anonymised = header.anonymised() ? "anonymized" : "";
      line("Version", "1 - " + compression(header.compression()) + " " + anonymised);
      line("Blocks", header.blocks());
    } else {
      line("Version", "2 - " + compression(header.compression()));
      line("Created", new DisplayTime(zone).seconds(header.createdSeconds() * 1000));
      line("Created by", header.creator().name().toLowerCase(Locale.ROOT));
      line("nfdump", Long.toHexString(header.writerVersion()));
      line("encryption", "no");
      line("Appdx blks", header.appendixBlocks());
      line("Data blks", header.blocks());
    }
    out.print("Checking data blocks\n");
    file.inspect();
    if (header.appendixBlocks() > 0) {
      out.print("Checking appendix blocks\n");
    }
    NfcapdBlockCount count = file.countBlocks();
    out.print("\nTotal\n");
    out.print("Type " + count.type() + " blocks : " + count.blocks() + "\n");
    out.print("Records       : " + count.records() + "\n");
  }

  private void line(String name, Object value) {
    StringBuilder line = Padding.left(new StringBuilder(), name, 11);
    out.print(line.append(": ").append(value).append('\n'));
  }

  private static String compression(BlockCompression compression) {
    return compression == BlockCompression.NONE
        ? "not compressed"
        : compression.name().toLowerCase(Locale.ROOT) + " compressed";
  }

  /** Prints the exporters of a file and how they sample. */
  public void printExporters(NfcapdInspection inspection) {
    out.print("Exporters:\n");
    boolean any = false;
    for (NfcapdExporter exporter : inspection.exporters()) {
      if (exporter.address().isPresent()) {
        any = true;
        print(exporter);
        inspection.samplers().stream()
            .filter(sampler -> sampler.exporter() == exporter.sysid())
            .forEach(this::print);
      }
    }
    if (!any) {
      out.print("No Exporter records found\n");
    }
  }

  private void print(NfcapdExporter exporter) {
    IpAddress address = exporter.address().orElseThrow();
    StringBuilder line = new StringBuilder("SysID: ").append(exporter.sysid()).append(", IP: ");
    Padding.right(line, address.toString(), address.ipVersion() == 4 ? IPV4_WIDTH : IPV6_WIDTH);
    line.append(", version: ").append(version(exporter.version())).append(", ID: ");
    Padding.right(line, Long.toString(exporter.id()), 2);
    if (exporter.flows() == 0) {
      line.append(" - no flows sent");
    } else {
      line.append(", Sequence failures: ").append(exporter.sequenceFailures());
      line.append(", packets: ").append(exporter.packets());
      line.append(", flows: ").append(exporter.flows());
    }
    out.print(line.append('\n'));
  }

  private void print(NfcapdSampler sampler) {
    String kind;
    if (sampler.id() == OVERWRITING_SAMPLER) {
      kind = "Static overwrite Sampler: algorithm: ";
    } else if (sampler.id() == DEFAULT_SAMPLER) {
      kind = "Static default Sampler: algorithm: ";
    } else if (sampler.id() == GENERIC_SAMPLER) {
      kind = "Generic Sampler: algorithm: ";
    } else {
      kind = "Assigned Sampler: id: " + sampler.id() + ", algorithm: ";
    }
    out.print(
        "    Sampler: "
            + kind
            + sampler.algorithm()
            + ", packet interval: "
            + sampler.packetInterval()
            + ", packet space: "
            + sampler.spaceInterval()
            + "\n");
  }

  /** An export protocol by nfdump's number. */
  static String version(long version) {
    if (version == 5 || version == 9) {
      return "netflow v" + version;
    } else if (version == 10) {
      return "ipfix v10";
    }
    return version == 9999 ? "sflow" : "Unknown version";
  }
}
