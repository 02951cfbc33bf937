package org.flowlake.converters.lake;

/** Hears what a conversion does while it runs, on the thread that runs it. */
public interface ConversionListener {
  /** Hears nothing. */
  ConversionListener NONE = new ConversionListener() {};

  /** The steps of a batch, each of which a crash may follow. */
  enum Step {
    /** The ledger names the batch and its files, as pending. */
    ANNOUNCED,
    /** Readers see its flows. */
    FLOWS_COMMITTED,
    /** The ledger's rows count. */
    RECORDED
  }

  /**
   * How far a run is.
   *
   * @param files that the run takes in all
   * @param bytes of these
   * @param seconds since the run began
   */
  record Progress(long filesDone, long files, long bytesDone, long bytes, double seconds) {
    /** Raw bytes per second so far. */
    public double bytesPerSecond() {
      return bytesDone / Math.max(seconds, 1e-3);
    }

    /** Seconds that the rest takes at this rate. */
    public double secondsLeft() {
      return (bytes - bytesDone) / Math.max(bytesPerSecond(), 1);
    }
  }

  /** Another writer is at work on the lake; told once per wait. */
  default void waiting() {}

  /** A batch has come so far. */
  default void reached(Step step) {}

  /** A batch is in the lake. */
  default void batchDone(Progress progress) {}

  /** Asked between batches: whether the run is to end here. */
  default boolean stopRequested() {
    return false;
  }
}
