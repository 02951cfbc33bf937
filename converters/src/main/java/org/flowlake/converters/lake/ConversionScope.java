package org.flowlake.converters.lake;

/**
 * Which of the listed files one run takes, and in what portions.
 *
 * @param known how files are treated whose path, size and time the ledger has
 * @param mostFiles new files that the run takes at most, in the order of the listing
 * @param mostBytes the same in bytes of raw files; a first file is always taken
 * @param batchBytes raw bytes that are committed together: what a killed run loses at most
 * @param settledMillis a file is taken once it has not changed for so long, or once its folder
 *     holds a later one; 0 takes every file
 */
public record ConversionScope(
    KnownFiles known, long mostFiles, long mostBytes, long batchBytes, long settledMillis) {
  /** At a usual 40 bytes a flow, about 100 million flows. */
  public static final long DEFAULT_BATCH_BYTES = 4L << 30;

  /** All files, known ones by the look of them. */
  public static final ConversionScope ALL =
      new ConversionScope(
          KnownFiles.UNOPENED, Long.MAX_VALUE, Long.MAX_VALUE, DEFAULT_BATCH_BYTES, 0);

  /** How files are treated whose path, size and time of modification the ledger has. */
  public enum KnownFiles {
    /** They are taken as unchanged. */
    UNOPENED,
    /** They are read and hashed, and replaced if their content has changed all the same. */
    HASHED
  }

  public ConversionScope {
    if (mostFiles < 1 || mostBytes < 1 || batchBytes < 1 || settledMillis < 0) {
      throw new IllegalArgumentException("Limits of a conversion must be above 0");
    }
  }
}
