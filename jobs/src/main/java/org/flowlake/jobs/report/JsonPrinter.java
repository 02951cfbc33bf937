package org.flowlake.jobs.report;

/** Prints one JSON object per flow. */
abstract class JsonPrinter implements FlowPrinter {
  private final JsonLayout layout;
  private final JsonObject object;
  private final ExtraCells extras;

  JsonPrinter(JsonLayout layout, PrintStyle style) {
    this.layout = layout;
    this.extras = new ExtraCells(style.extras(), style);
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
    extras.json(flow::extra, object::literal);
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
