package org.flowlake.jobs.report;

import java.util.List;
import org.flowlake.converters.flow.FlowField;

/** No records, only the closing lines ({@code -o null}). */
public record NullFormat() implements OutputFormat {
  @Override
  public List<FlowField> fields() {
    return List.of();
  }

  @Override
  public FlowPrinter printer(PrintStyle style, Verbosity verbosity) {
    return new FlowPrinter() {
      @Override
      public void begin(StringBuilder out) {}

      @Override
      public void flow(FlowRecord flow, StringBuilder out) {}

      @Override
      public void end(long flows, StringBuilder out) {}
    };
  }

  @Override
  public boolean hasSummary() {
    return true;
  }
}
