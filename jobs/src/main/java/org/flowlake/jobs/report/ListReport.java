package org.flowlake.jobs.report;

import java.io.PrintStream;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.RowLayout;

/** Lists of flows and of groups, line after line as they come. */
public final class ListReport {
  /** How many lines are written before the output is asked whether anybody still reads it. */
  private static final int LINES_PER_CHECK = 1000;

  private final PrintStream out;
  private final PrintStyle style;

  public ListReport(PrintStream out, PrintStyle style) {
    this.out = out;
    this.style = style;
  }

  /** Prints head and records; the totals of the rows are complete afterwards. */
  public void print(AnswerRows rows, RowLayout layout, OutputFormat format, Verbosity verbosity) {
    FlowPrinter printer = format.printer(out, style, verbosity);
    RowRecord record = new RowRecord(layout);
    printer.begin();
    long position = 0;
    while (rows.hasNext()) {
      position++;
      printer.flow(record.show(rows.next(), position));
      if (position % LINES_PER_CHECK == 0 && out.checkError()) {
        return;
      }
    }
    if (rows.totals().records() == 0 && format.saysWhereNothingMatched()) {
      new SummaryPrinter(out, style).noMatchingFlows();
    }
    printer.end();
  }
}
