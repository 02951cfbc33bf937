package org.flowlake.jobs.report;

import java.util.List;
import java.util.Optional;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.rows.CounterPresence;

/** How an answer is written ({@code -o}). */
public sealed interface OutputFormat
    permits LineFormat,
        CsvFormat,
        FixedColumnsFormat,
        JsonFormat,
        JsonColumnsFormat,
        RawFormat,
        NullFormat {
  /** The fields of a flow that the format prints. */
  List<FlowField> fields();

  /** The tokens that the format is made of; empty for those that print whole records or nothing. */
  default List<FormatToken> tokens() {
    return List.of();
  }

  /** A printer of lists of flows. */
  FlowPrinter printer(PrintStyle style, Verbosity verbosity);

  /** The width of addresses that the format's name asks for; empty where it does not say. */
  default Optional<AddressWidth> addressWidth() {
    return Optional.empty();
  }

  /** Whether counters that a record does not carry are printed as 0 or not at all. */
  default CounterPresence counters() {
    return CounterPresence.ALWAYS;
  }

  /** Whether a line says so where nothing matched; formats for programs are just empty. */
  default boolean saysWhereNothingMatched() {
    return true;
  }

  /** Whether the closing lines follow. */
  default boolean hasSummary() {
    return false;
  }
}
