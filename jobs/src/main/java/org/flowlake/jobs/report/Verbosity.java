package org.flowlake.jobs.report;

/** Whether heads and closing lines are printed. */
public enum Verbosity {
  FULL,
  /** Records only ({@code -q}). */
  QUIET
}
