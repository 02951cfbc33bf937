package org.flowlake.jobs.report;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.RowLayout;

/**
 * Lists of flows and of groups, written as they come. Making text of a flow costs more than reading
 * it, so that several batches of flows become text at a time; they are written in their order.
 */
public final class ListReport {
  private static final int LINE_CHARACTERS = 128;

  private final PrintStream out;
  private final PrintStyle style;

  public ListReport(PrintStream out, PrintStyle style) {
    this.out = out;
    this.style = style;
  }

  /** Prints head and records; the totals of the rows are complete afterwards. */
  public void print(AnswerRows rows, RowLayout layout, OutputFormat format, Verbosity verbosity) {
    StringBuilder text = new StringBuilder();
    format.printer(style, verbosity).begin(text);
    out.append(text);
    long flows = printFlows(rows, layout, format, verbosity);
    if (out.checkError()) {
      return; // nobody reads any more
    }
    if (rows.totals().records() == 0 && format.saysWhereNothingMatched()) {
      new SummaryPrinter(out, style).noMatchingFlows();
    }
    text.setLength(0);
    format.printer(style, verbosity).end(flows, text);
    out.append(text);
  }

  private long printFlows(
      AnswerRows rows, RowLayout layout, OutputFormat format, Verbosity verbosity) {
    int cores = Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(cores, ListReport::daemon);
    Queue<FlowPrinter> printers = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < cores; i++) {
      printers.add(format.printer(style, verbosity));
    }
    Deque<CompletableFuture<StringBuilder>> texts = new ArrayDeque<>();
    long flows = 0;
    try {
      boolean more = true;
      while (more || !texts.isEmpty()) {
        // What is text already must not wait for the tasks that read the next flows.
        if (more && texts.size() < 2 * cores && (texts.isEmpty() || rows.isReady())) {
          List<InternalRow> batch = rows.nextBatch();
          more = !batch.isEmpty();
          if (more) {
            long before = flows;
            texts.add(
                CompletableFuture.supplyAsync(
                    () -> text(batch, before, layout, printers), threads));
            flows += batch.size();
          }
        } else {
          out.append(texts.remove().join());
          if (out.checkError()) {
            return flows;
          }
        }
      }
      return flows;
    } finally {
      threads.shutdownNow();
    }
  }

  /** One of the printers is free: there are as many as threads. */
  private static StringBuilder text(
      List<InternalRow> rows, long before, RowLayout layout, Queue<FlowPrinter> printers) {
    FlowPrinter printer = printers.remove();
    try {
      StringBuilder text = new StringBuilder(rows.size() * LINE_CHARACTERS);
      RowRecord record = new RowRecord(layout);
      long position = before;
      for (InternalRow row : rows) {
        position++;
        printer.flow(record.show(row, position), text);
      }
      return text;
    } finally {
      printers.add(printer);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "flowlake-print");
    thread.setDaemon(true);
    return thread;
  }
}
