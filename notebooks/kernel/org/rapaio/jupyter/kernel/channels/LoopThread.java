package org.rapaio.jupyter.kernel.channels;

import java.util.concurrent.CountDownLatch;

/**
 * Stands on the class path before the class of this name in rapaio-jupyter-kernel 3.0.1, the loop
 * that reads one channel. There a loop may look at its flag before start() has set it, and end at
 * once; and it may read a message before the kernel has its handlers, and die of it. Either leaves
 * Jupyter waiting for ever, on a busy machine more often than not.
 */
public final class LoopThread extends Thread {
  private static final CountDownLatch KERNEL_CONNECTED = new CountDownLatch(1);

  private final long sleepMillis;
  private final Runnable body;
  private volatile boolean running = true;

  public LoopThread(String name, long sleepMillis, Runnable body) {
    super(name);
    this.sleepMillis = sleepMillis;
    this.body = body;
  }

  /** Lets all loops begin. */
  public static void kernelIsConnected() {
    KERNEL_CONNECTED.countDown();
  }

  @Override
  public void run() {
    try {
      KERNEL_CONNECTED.await();
      while (running) {
        body.run();
        Thread.sleep(sleepMillis);
      }
    } catch (InterruptedException e) {
      running = false;
    }
  }

  /** Ends the loop after its turn. */
  public void shutdown() {
    running = false;
  }
}
