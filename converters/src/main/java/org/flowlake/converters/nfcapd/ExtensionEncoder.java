package org.flowlake.converters.nfcapd;

import java.util.ArrayList;
import java.util.List;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;

/**
 * One extension of the records of a batch, or both forms of one: which rows have it, how long it is
 * and what goes into it. A row has it if it has a value of any of its fields.
 */
final class ExtensionEncoder {
  private static final int IPV6 = 6;
  private static final long MAPPED_PREFIX = 0xFFFFL;
  private static final int ZERO_AT_THE_END = 1;

  private final NfcapdExtension first;
  private final NfcapdExtension second;
  private final List<FlowColumn> columns = new ArrayList<>();
  private final List<FlowColumn> addresses = new ArrayList<>();
  private final List<ColumnEncoder> encoders = new ArrayList<>();
  private FlowColumn version;
  private FlowColumn ofAnyLength;

  private ExtensionEncoder(NfcapdExtension first, NfcapdExtension second) {
    this.first = first;
    this.second = second;
  }

  /** The extensions that the fields of a batch need, in order of their numbers. */
  static List<ExtensionEncoder> of(FlowBatch batch) {
    List<ExtensionEncoder> extensions = new ArrayList<>();
    for (NfcapdExtension extension : NfcapdExtension.values()) {
      ExtensionEncoder encoder = null;
      for (FlowField field : batch.fields()) {
        FieldLayout layout = FieldLayout.of(field);
        if (layout.extension() == extension) {
          encoder = encoder == null ? new ExtensionEncoder(extension, layout.second()) : encoder;
          encoder.add(layout, batch.column(field));
        }
      }
      if (encoder != null) {
        FlowColumn exporter = batch.column(FlowField.EXPORTER_ID);
        if (extension == NfcapdExtension.SAMPLER && exporter != null) {
          encoder.encoders.add(new ColumnEncoder(FieldLayout.SAMPLER_EXPORTER, exporter));
        }
        extensions.add(encoder);
      }
    }
    return extensions;
  }

  private void add(FieldLayout layout, FlowColumn column) {
    columns.add(column);
    switch (layout.kind()) {
      case IP_VERSION -> version = column;
      case ADDRESS -> addresses.add(column);
      case TEXT, BYTES -> ofAnyLength = first == NfcapdExtension.USER ? null : column;
      default -> {}
    }
    encoders.add(new ColumnEncoder(layout, column));
  }

  /** Whether a row of the batch has the extension. */
  boolean isUsed() {
    return columns.stream().anyMatch(FlowColumn::hasValues);
  }

  boolean has(int row) {
    for (int i = 0; i < columns.size(); i++) {
      if (!columns.get(i).isNull(row)) {
        return true;
      }
    }
    return false;
  }

  /** Which form a row that has the extension needs. */
  NfcapdExtension form(int row) {
    return second != null && needsSecond(row) ? second : first;
  }

  /** Whether it is this extension, in whichever form. */
  boolean is(NfcapdExtension extension) {
    return extension == first;
  }

  private boolean needsSecond(int row) {
    if (version != null && !version.isNull(row) && version.intAt(row) == IPV6) {
      return true;
    }
    for (int i = 0; i < addresses.size(); i++) {
      FlowColumn address = addresses.get(i);
      if (!address.isNull(row) && !isIpv4(address, row)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIpv4(FlowColumn address, int row) {
    return address.addressHigh(row) == 0 && address.addressLow(row) >>> 32 == MAPPED_PREFIX;
  }

  /** Bytes of the payload in this form. */
  int payloadBytes(int row, NfcapdExtension form) {
    if (ofAnyLength == null) {
      return form.writtenBytes();
    }
    int length = ofAnyLength.isNull(row) ? 0 : ofAnyLength.bytesAt(row).length;
    int end = ofAnyLength.field().type() == FlowType.TEXT ? ZERO_AT_THE_END : 0;
    return form.writtenBytes() + length + end;
  }

  void write(RecordPositions rows, int slot, RecordBlock block) {
    encoders.forEach(encoder -> encoder.write(rows, slot, block));
  }
}
