package org.flowlake.jobs.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.nfcapd.RecordForm;
import org.flowlake.jobs.rows.CounterPresence;

/**
 * Whole flow records for people, a labelled line per value ({@code -o raw}), with the text of
 * nfdump 1.7.8.
 *
 * <p>Elements and size are those of the record that {@code -w} would write: records of an older
 * layout, or with padding of their own, were longer or shorter in the raw file.
 */
public record RawFormat() implements OutputFormat {
  private static final int RECORD_IS_EVENT = 1;
  private static final int RECORD_IS_SAMPLED = 2;
  private static final int RECORD_IS_ANONYMIZED = 4;
  private static final Set<FlowField> IN_EVERY_ROW =
      EnumSet.of(
          FlowField.FIRST_SEEN, FlowField.LAST_SEEN, FlowField.IN_PACKETS, FlowField.IN_BYTES);
  private static final int SFLOW = 0x80;
  private static final int PCAP = 0x40;

  @Override
  public List<FlowField> fields() {
    return List.of(FlowField.values());
  }

  @Override
  public CounterPresence counters() {
    return CounterPresence.AS_RECORDED;
  }

  @Override
  public FlowPrinter printer(PrintStyle style, Verbosity verbosity) {
    CellContext context = new CellContext(style);
    return new FlowPrinter() {
      @Override
      public void begin(StringBuilder out) {}

      @Override
      public void flow(FlowRecord flow, StringBuilder out) {
        LabelledLines lines = LabelledLines.to(out);
        header(flow, context, lines);
        for (RawExtension extension : RawExtension.values()) {
          extension.write(flow, context, lines);
        }
      }

      @Override
      public void end(long flows, StringBuilder out) {}
    };
  }

  private static void header(FlowRecord flow, CellContext context, LabelledLines out) {
    RecordForm form = RecordForm.of(new ValuesOf(flow));
    out.plain("\nFlow Record: \n");
    out.number("RecordCount", LabelledLines.SHORT, flow.position());
    context.idents.of(flow).ifPresent(ident -> out.value("Ident", 12, ident));
    long flags = flow.number(FlowField.RECORD_FLAGS);
    out.value(
        "Flags", LabelledLines.WHOLE, String.format("0x%02x", flags), ' ' + kind(flow, flags));
    out.number(
        "Elements",
        LabelledLines.SHORT,
        form.elements().size(),
        form.elements().stream()
            .map(number -> number + " ")
            .collect(Collectors.joining("", ": ", "")));
    out.number("size", LabelledLines.SHORT, form.bytes());
    out.number("engine type", LabelledLines.SHORT, flow.number(FlowField.ENGINE_TYPE));
    out.number("engine ID", LabelledLines.SHORT, flow.number(FlowField.ENGINE_ID));
    out.number("export sysid", LabelledLines.SHORT, flow.number(FlowField.EXPORTER_ID));
  }

  private static String kind(FlowRecord flow, long flags) {
    return source(flow, flags)
        + ((flags & RECORD_IS_ANONYMIZED) != 0 ? " Anonymized" : "")
        + ", "
        + ((flags & RECORD_IS_SAMPLED) != 0 ? "Sampled" : "Unsampled");
  }

  private static String source(FlowRecord flow, long flags) {
    int version = (int) flow.number(FlowField.NF_VERSION);
    if ((flags & RECORD_IS_EVENT) != 0) {
      return "EVENT";
    } else if (version == 0) {
      return "FLOW";
    }
    String protocol = (version & SFLOW) != 0 ? "SFLOW" : (version & PCAP) != 0 ? "PCAP" : "NETFLOW";
    return protocol + " v" + (version & 0x0F);
  }

  /** A flow's values as the encoder of records asks for them. */
  private record ValuesOf(FlowRecord flow) implements RecordForm.Values {
    /** Rows have numbers of times and counters whether or not their records do. */
    @Override
    public boolean has(FlowField field) {
      return flow.has(IN_EVERY_ROW.contains(field) ? FlowField.PROTO : field);
    }

    @Override
    public long number(FlowField field) {
      return flow.number(field);
    }

    @Override
    public byte[] bytes(FlowField field) {
      return flow.bytes(field);
    }

    @Override
    public String text(FlowField field) {
      return flow.text(field);
    }
  }
}
