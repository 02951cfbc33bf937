package org.flowlake.jobs.report;

/** Prints one JSON object per flow. */
abstract class JsonPrinter implements FlowPrinter {
  private final JsonLayout layout;
  private final JsonObject object;

  JsonPrinter(JsonLayout layout) {
    this.layout = layout;
    this.object = new JsonObject(layout);
  }

  /** Adds a flow's members to its object. */
  abstract void members(FlowRecord flow, JsonObject object);

  @Override
  public final void begin(StringBuilder out) {
    out.append(layout.opening);
  }

  @Override
  public final void flow(FlowRecord flow, StringBuilder out) {
    if (flow.position() > 1) {
      out.append(layout.objectSeparator);
    }
    members(flow, object.start());
    out.append(object.end());
  }

  @Override
  public final void end(long flows, StringBuilder out) {
    if (layout == JsonLayout.LINES && flows > 0) {
      out.append(layout.objectSeparator);
    }
    out.append(layout.closing);
  }
}
