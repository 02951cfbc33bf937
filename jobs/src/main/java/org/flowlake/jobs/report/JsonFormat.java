package org.flowlake.jobs.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.rows.CounterPresence;

/**
 * Whole flow records as JSON ({@code -o json}, {@code -o ndjson}): the members of the extensions
 * that a record has, and no others.
 *
 * <p>The text of nfdump 1.7.8 where that is valid JSON; docs/output-formats.md has the differences.
 *
 * @param layout one array, or a line per flow
 */
public record JsonFormat(JsonLayout layout) implements OutputFormat {
  private static final int RECORD_IS_EVENT = 1;
  private static final int RECORD_IS_SAMPLED = 2;

  @Override
  public List<FlowField> fields() {
    Set<FlowField> fields =
        EnumSet.of(FlowField.RECORD_FLAGS, FlowField.EXPORTER_ID, FlowField.SOURCE_ID);
    for (JsonExtension extension : JsonExtension.values()) {
      fields.addAll(extension.fields());
    }
    return List.copyOf(fields);
  }

  @Override
  public CounterPresence counters() {
    return CounterPresence.AS_RECORDED;
  }

  @Override
  public boolean saysWhereNothingMatched() {
    return false;
  }

  @Override
  public FlowPrinter printer(PrintStyle style, Verbosity verbosity) {
    CellContext context = new CellContext(style);
    return new JsonPrinter(layout, style) {
      @Override
      void members(FlowRecord flow, JsonObject object) {
        long flags = flow.number(FlowField.RECORD_FLAGS);
        object.number("cnt", flow.position());
        object.text("type", (flags & RECORD_IS_EVENT) != 0 ? "EVENT" : "FLOW");
        context.idents.of(flow).ifPresent(ident -> object.text("ident", ident));
        object.number("export_sysid", flow.number(FlowField.EXPORTER_ID));
        for (JsonExtension extension : JsonExtension.values()) {
          extension.write(flow, context, object);
        }
        object.number("sampled", (flags & RECORD_IS_SAMPLED) != 0 ? 1 : 0);
      }
    };
  }
}
