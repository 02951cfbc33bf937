package org.flowlake.jobs.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.flowlake.converters.lake.ConversionListener;

/** Says on standard error how far a conversion of several batches is. */
final class ConversionProgress implements ConversionListener {
  private static final double MEBIBYTE = 1 << 20;

  private final String lake;
  private final PrintWriter messages;
  private final BooleanSupplier ending;

  ConversionProgress(String lake, PrintWriter messages) {
    this(lake, messages, () -> false);
  }

  private ConversionProgress(String lake, PrintWriter messages, BooleanSupplier ending) {
    this.lake = lake;
    this.messages = messages;
    this.ending = ending;
  }

  /** The same, for runs that end between two batches when this is true. */
  ConversionProgress until(BooleanSupplier end) {
    return new ConversionProgress(lake, messages, end);
  }

  @Override
  public void waiting() {
    messages.println("Waiting: another run writes to " + lake);
  }

  @Override
  public void batchDone(Progress progress) {
    if (progress.filesDone() < progress.files()) {
      messages.printf(
          Locale.ROOT,
          "%d of %d files, %.0f of %.0f MiB, %.1f MiB/s, %.0f s left%n",
          progress.filesDone(),
          progress.files(),
          progress.bytesDone() / MEBIBYTE,
          progress.bytes() / MEBIBYTE,
          progress.bytesPerSecond() / MEBIBYTE,
          progress.secondsLeft());
      messages.flush();
    }
  }

  @Override
  public boolean stopRequested() {
    return ending.getAsBoolean();
  }
}
