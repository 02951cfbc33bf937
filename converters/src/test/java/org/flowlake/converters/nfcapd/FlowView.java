package org.flowlake.converters.nfcapd;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.ip.IpAddress;

/** One row of a batch with all fields, read as text the way nfdump prints values. */
record FlowView(FlowBatch batch, int row) {
  static final List<FlowField> ALL_FIELDS = List.of(FlowField.values());

  boolean has(FlowField field) {
    return !batch.column(field).isNull(row);
  }

  /** The number, 0 where it is absent. */
  long number(FlowField field) {
    FlowColumn column = batch.column(field);
    if (column.isNull(row)) {
      return 0;
    }
    return switch (field.type()) {
      case INT -> column.intAt(row);
      case LONG, TIMESTAMP -> column.longAt(row);
      default -> throw new IllegalArgumentException(field + " is no number");
    };
  }

  String address(FlowField field) {
    int version = field == FlowField.TUN_SRC_ADDR ? (int) number(FlowField.TUN_IP_VERSION) : 0;
    byte[] bytes = batch.column(field).bytesAt(row);
    return IpAddress.text(bytes, version == 0 ? IpAddress.inferredVersion(bytes) : version);
  }

  /** Of an address that is the flow's own, printed as the record's IP version says. */
  String flowAddress(FlowField field) {
    return IpAddress.text(batch.column(field).bytesAt(row), (int) number(FlowField.IP_VERSION));
  }

  String time(FlowField field, String pattern) {
    long micros = number(field);
    LocalDateTime time =
        LocalDateTime.ofInstant(
            Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000), ZoneOffset.UTC);
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time);
  }

  String mac(FlowField field) {
    long mac = number(field);
    StringBuilder text = new StringBuilder();
    for (int shift = 40; shift >= 0; shift -= 8) {
      text.append(text.isEmpty() ? "" : ":").append(String.format("%02x", mac >> shift & 0xFF));
    }
    return text.toString();
  }

  String tcpFlags() {
    long flags = number(FlowField.TCP_FLAGS);
    StringBuilder text = new StringBuilder();
    for (int i = 7; i >= 0; i--) {
      text.append((flags >> i & 1) != 0 ? "FSRPAUEC".charAt(i) : '.');
    }
    return text.toString();
  }
}
