package org.flowlake.jobs.report;

import java.io.PrintStream;
import java.util.List;
import org.flowlake.converters.flow.FlowField;

/** No records, only the closing lines ({@code -o null}). */
public record NullFormat() implements OutputFormat {
  @Override
  public List<FlowField> fields() {
    return List.of();
  }

  @Override
  public FlowPrinter printer(PrintStream out, PrintStyle style, Verbosity verbosity) {
    return new FlowPrinter() {
      @Override
      public void begin() {}

      @Override
      public void flow(FlowRecord flow) {}

      @Override
      public void end() {}
    };
  }

  @Override
  public boolean hasSummary() {
    return true;
  }
}
