package org.flowlake.converters.lake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Exclusive locks on files of a local disk, between threads and between processes. The operating
 * system gives a lock back when its process ends, however it ends; the file stays and means nothing
 * by itself.
 */
final class FileLocks {
  /** The system's lock belongs to the process, so its threads take turns here first. */
  private static final Map<Path, Semaphore> IN_PROCESS = new ConcurrentHashMap<>();

  private FileLocks() {}

  /** A lock that is held until it is closed, by any thread. */
  record Held(FileChannel channel, FileLock lock, Semaphore turn) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try (channel) {
        lock.release();
      } finally {
        turn.release();
      }
    }
  }

  /**
   * Waits for a lock as long as it takes.
   *
   * @param file made if it does not exist, with its folder
   * @param waiting run once if another holds the lock
   * @throws IOException if the file cannot be made or locked, or the thread was interrupted
   */
  static Held take(Path file, Runnable waiting) throws IOException {
    Path known = file.toAbsolutePath().normalize();
    Files.createDirectories(known.getParent());
    Semaphore turn = IN_PROCESS.computeIfAbsent(known, unused -> new Semaphore(1));
    boolean told = false;
    if (!turn.tryAcquire()) {
      waiting.run();
      told = true;
      try {
        turn.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while waiting for the lock " + known, e);
      }
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(known, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        if (!told) {
          waiting.run();
        }
        lock = channel.lock();
      }
      return new Held(channel, lock, turn);
    } catch (IOException | RuntimeException e) {
      turn.release();
      if (channel != null) {
        channel.close();
      }
      throw new IOException("Cannot lock " + known + ": " + e.getMessage(), e);
    }
  }
}
