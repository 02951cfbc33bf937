package org.flowlake.converters.nfcapd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.ip.IpAddress;

/**
 * The record of layout 2 that {@link FlowBlockEncoder} makes of one flow: which elements it has and
 * how long it is, without making it.
 *
 * @param elements the numbers of its extensions, ascending
 * @param bytes the whole record, header included
 */
public record RecordForm(List<Integer> elements, int bytes) {
  private static final int IPV6 = 6;
  private static final int ZERO_AT_THE_END = 1;

  public RecordForm {
    elements = List.copyOf(elements);
  }

  /** The values of one flow. */
  public interface Values {
    /** Whether the flow carries the field. */
    boolean has(FlowField field);

    /** A number; the flow carries the field. */
    long number(FlowField field);

    /** 16 bytes of an address, or bytes of any length; the flow carries the field. */
    byte[] bytes(FlowField field);

    /** Text; the flow carries the field. */
    String text(FlowField field);
  }

  /** The form of a flow with these values. */
  public static RecordForm of(Values flow) {
    List<Integer> elements = new ArrayList<>();
    int bytes = FlowRows.RECORD_HEADER_BYTES;
    for (NfcapdExtension extension : NfcapdExtension.values()) {
      List<FlowField> there = FieldLayout.fieldsOf(extension).stream().filter(flow::has).toList();
      if (!there.isEmpty()) {
        NfcapdExtension second = FieldLayout.of(there.get(0)).second();
        NfcapdExtension form =
            second != null && there.stream().anyMatch(field -> needsIpv6(flow, field))
                ? second
                : extension;
        elements.add(form.number());
        bytes += NfcapdExtension.HEADER_BYTES + form.writtenBytes();
        if (extension != NfcapdExtension.USER) {
          bytes += there.stream().mapToInt(field -> bytesOfAnyLength(flow, field)).sum();
        }
      }
    }
    return new RecordForm(elements.stream().sorted().toList(), bytes);
  }

  private static boolean needsIpv6(Values flow, FlowField field) {
    return switch (FieldLayout.of(field).kind()) {
      case IP_VERSION -> flow.number(field) == IPV6;
      case ADDRESS -> !IpAddress.isMappedIpv4(flow.bytes(field));
      default -> false;
    };
  }

  private static int bytesOfAnyLength(Values flow, FlowField field) {
    return switch (FieldLayout.of(field).kind()) {
      case TEXT -> flow.text(field).getBytes(StandardCharsets.UTF_8).length + ZERO_AT_THE_END;
      case BYTES -> flow.bytes(field).length;
      default -> 0;
    };
  }
}
