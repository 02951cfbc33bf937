package org.flowlake.jobs.rows;

/** What a row shows of the counters that only some records carry: flows, out packets, out bytes. */
public enum CounterPresence {
  /** A number in every row: one flow, no packets and bytes where the record has none. */
  ALWAYS,
  /** Null where the record has none; of a group, where its flows have none and it is one flow. */
  AS_RECORDED
}
