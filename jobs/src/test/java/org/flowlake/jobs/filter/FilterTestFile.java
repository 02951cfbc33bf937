package org.flowlake.jobs.filter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.io.LocalFlowOutput;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.converters.nfcapd.NfcapdWriter;
import org.flowlake.jobs.filter.FilterTestFlows.Flow;

/** Writes test flows as an nfcapd file, so that every judge reads the same records. */
final class FilterTestFile {
  private FilterTestFile() {}

  static Path write(Path file, List<Flow> flows) throws IOException {
    return write(file, flows, "");
  }

  /** As {@link #write(Path, List)}, of a source with this name. */
  static Path write(Path file, List<Flow> flows, String ident) throws IOException {
    FlowBatch batch = new FlowBatch(List.of(FlowField.values()), flows.size());
    for (Flow flow : flows) {
      for (FlowField field : FlowField.values()) {
        append(batch.column(field), flow, field);
      }
      batch.endFlow();
    }
    Instant created = Instant.ofEpochMilli(FilterTestFlows.FIRST_MILLIS);
    try (NfcapdWriter writer =
        new NfcapdWriter(LocalFlowOutput.create(file), BlockEncoding.NONE, created)) {
      writer.flows(batch);
      writer.finish(ident);
    }
    return file;
  }

  private static void append(FlowColumn column, Flow flow, FlowField field) {
    if (flow.isNull(field)) {
      column.appendNull();
      return;
    }
    switch (field.type()) {
      case INT -> column.appendInt((int) flow.number(field));
      case LONG, TIMESTAMP -> column.appendLong(flow.number(field));
      case ADDRESS -> {
        ByteBuffer address = ByteBuffer.wrap(flow.bytes(field));
        column.appendAddress(address.getLong(), address.getLong());
      }
      case TEXT, BYTES -> column.appendBytes(flow.bytes(field));
    }
  }
}
