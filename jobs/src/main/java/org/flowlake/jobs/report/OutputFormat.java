package org.flowlake.jobs.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.flowlake.converters.flow.FlowField;

/** How an answer is written ({@code -o}). */
public sealed interface OutputFormat permits LineFormat, CsvFormat, NullFormat {
  /** The fields of a flow that the format prints. */
  List<FlowField> fields();

  /** A printer of lists of flows. */
  FlowPrinter printer(PrintStream out, PrintStyle style, Verbosity verbosity);

  /** The width of addresses that the format's name asks for; empty where it does not say. */
  default Optional<AddressWidth> addressWidth() {
    return Optional.empty();
  }

  /** Whether the closing lines follow. */
  default boolean hasSummary() {
    return false;
  }
}
