package org.flowlake.jobs.report;

import java.nio.ByteBuffer;
import java.util.List;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.flow.IpProtocol;
import org.flowlake.udfs.flow.TcpFlags;

/**
 * The two outputs of nfdump whose columns cannot be chosen, for programs that read them.
 *
 * @param columns which of the two
 */
public record FixedColumnsFormat(Columns columns) implements OutputFormat {
  private static final String FAST_HEAD =
      "cnt,af,firstSeen,lastSeen,proto,srcAddr,srcPort,dstAddr,dstPort,srcAS,dstAS,input,output,"
          + "flags,srcTos,packets,bytes\n";
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int WORDS = 4;
  private static final int MAPPED_WORD = 2;

  /** Which columns, and what parts them. */
  public enum Columns {
    /** {@code csv-fast} of 1.7.8: times in milliseconds since 1970, addresses as text. */
    CSV_FAST,
    /** {@code pipe} of 1.7.1: bars, no head, an address as four numbers of 32 bits. */
    PIPE
  }

  @Override
  public List<FlowField> fields() {
    return List.of(
        FlowField.IP_VERSION,
        FlowField.FIRST_SEEN,
        FlowField.LAST_SEEN,
        FlowField.PROTO,
        FlowField.SRC_ADDR,
        FlowField.SRC_PORT,
        FlowField.DST_ADDR,
        FlowField.DST_PORT,
        FlowField.SRC_AS,
        FlowField.DST_AS,
        FlowField.INPUT_IF,
        FlowField.OUTPUT_IF,
        FlowField.TCP_FLAGS,
        FlowField.SRC_TOS,
        FlowField.IN_PACKETS,
        FlowField.IN_BYTES);
  }

  @Override
  public FlowPrinter printer(PrintStyle style, Verbosity verbosity) {
    return new FlowPrinter() {
      @Override
      public void begin(StringBuilder out) {
        if (columns == Columns.CSV_FAST) {
          out.append(FAST_HEAD);
        }
      }

      @Override
      public void flow(FlowRecord flow, StringBuilder out) {
        if (columns == Columns.CSV_FAST) {
          out.append(flow.position()).append(',');
        }
        append(flow, out, columns == Columns.CSV_FAST ? ',' : '|');
        out.append('\n');
      }

      @Override
      public void end(long flows, StringBuilder out) {}
    };
  }

  private void append(FlowRecord flow, StringBuilder line, char bar) {
    line.append(flow.ipVersion() == 6 ? AF_INET6 : flow.ipVersion() == 4 ? AF_INET : 0);
    line.append(bar).append(flow.millis(FlowField.FIRST_SEEN));
    line.append(bar).append(flow.millis(FlowField.LAST_SEEN));
    line.append(bar).append(flow.number(FlowField.PROTO));
    address(line.append(bar), flow, FlowField.SRC_ADDR);
    line.append(bar).append(flow.number(FlowField.SRC_PORT));
    address(line.append(bar), flow, FlowField.DST_ADDR);
    line.append(bar).append(flow.number(FlowField.DST_PORT));
    line.append(bar).append(flow.number(FlowField.SRC_AS));
    line.append(bar).append(flow.number(FlowField.DST_AS));
    line.append(bar).append(flow.number(FlowField.INPUT_IF));
    line.append(bar).append(flow.number(FlowField.OUTPUT_IF)).append(bar);
    int flags = (int) flow.number(FlowField.TCP_FLAGS);
    if (columns == Columns.PIPE) {
      line.append(flags);
    } else {
      line.append(TcpFlags.text(flow.number(FlowField.PROTO) == IpProtocol.TCP ? flags : 0));
    }
    line.append(bar).append(flow.number(FlowField.SRC_TOS));
    line.append(bar).append(flow.number(FlowField.IN_PACKETS));
    line.append(bar).append(flow.number(FlowField.IN_BYTES));
  }

  private void address(StringBuilder line, FlowRecord flow, FlowField field) {
    byte[] address = flow.bytes(field);
    if (columns == Columns.CSV_FAST) {
      line.append(address == null ? "" : AddressWidth.LONG.text(address, flow.ipVersion()));
      return;
    }
    ByteBuffer words = ByteBuffer.wrap(address == null ? new byte[WORDS * Integer.BYTES] : address);
    for (int i = 0; i < WORDS; i++) {
      boolean mark = i == MAPPED_WORD && flow.ipVersion() == 4;
      int word = words.getInt();
      line.append(i == 0 ? "" : "|").append(mark ? "0" : Integer.toUnsignedString(word));
    }
  }
}
