package org.flowlake.jobs.report;

/** Writes a list of flows: {@link #begin}, {@link #flow} for each, {@link #end}. */
public interface FlowPrinter {
  void begin();

  void flow(FlowRecord flow);

  void end();
}
