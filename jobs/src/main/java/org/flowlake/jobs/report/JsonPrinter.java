package org.flowlake.jobs.report;

import java.io.PrintStream;

/** Prints one JSON object per flow. */
abstract class JsonPrinter implements FlowPrinter {
  private final PrintStream out;
  private final JsonLayout layout;
  private final JsonObject object;
  private long printed;

  JsonPrinter(PrintStream out, JsonLayout layout) {
    this.out = out;
    this.layout = layout;
    this.object = new JsonObject(layout);
  }

  /** Adds a flow's members to its object. */
  abstract void members(FlowRecord flow, JsonObject object);

  @Override
  public final void begin() {
    out.print(layout.opening);
  }

  @Override
  public final void flow(FlowRecord flow) {
    if (printed++ > 0) {
      out.print(layout.objectSeparator);
    }
    members(flow, object.start());
    out.append(object.end());
  }

  @Override
  public final void end() {
    if (layout == JsonLayout.LINES && printed > 0) {
      out.print(layout.objectSeparator);
    }
    out.print(layout.closing);
  }
}
