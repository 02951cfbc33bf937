package org.flowlake.jobs.report;

/**
 * Writes a list of flows: {@link #begin}, {@link #flow} for each, {@link #end}. It keeps nothing
 * from one flow to the next that changes what is written, so that parts of a list can be written by
 * several printers at a time; one printer is not for several threads.
 */
public interface FlowPrinter {
  void begin(StringBuilder out);

  void flow(FlowRecord flow, StringBuilder out);

  /**
   * @param flows how many there were
   */
  void end(long flows, StringBuilder out);
}
