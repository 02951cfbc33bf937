package org.flowlake.jobs.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.service.launcher.IrqHandler;

/** Time between the runs of a conversion that goes on until SIGTERM or SIGINT. */
final class FolderWatch {
  private final int everySeconds;
  private final CountDownLatch end = new CountDownLatch(1);

  private FolderWatch(int everySeconds) {
    this.everySeconds = everySeconds;
  }

  /** From now on these signals end the watch instead of the process. */
  static FolderWatch start(int everySeconds) {
    FolderWatch watch = new FolderWatch(everySeconds);
    new IrqHandler(IrqHandler.SIGTERM, signal -> watch.end.countDown()).bind();
    new IrqHandler(IrqHandler.CONTROL_C, signal -> watch.end.countDown()).bind();
    return watch;
  }

  boolean isEnding() {
    return end.getCount() == 0;
  }

  /** Waits until it is time to look again; false if the watch is to end. */
  boolean waitForNext() {
    try {
      return !end.await(everySeconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
