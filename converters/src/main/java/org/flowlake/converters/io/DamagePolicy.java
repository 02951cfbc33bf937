package org.flowlake.converters.io;

/** What a reader does when it meets damage in a raw file. */
public enum DamagePolicy {
  /** Stop with a {@link CorruptFlowFileException} (the default). */
  FAIL,
  /** Keep every flow before and after the damage that can be trusted, and count what was lost. */
  SKIP
}
