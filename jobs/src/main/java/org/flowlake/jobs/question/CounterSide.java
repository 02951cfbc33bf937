package org.flowlake.jobs.question;

/** Which direction's counters a question looks at. */
public enum CounterSide {
  /** From source to destination. */
  IN,
  /** From destination to source. */
  OUT,
  /** Both directions added. */
  BOTH
}
