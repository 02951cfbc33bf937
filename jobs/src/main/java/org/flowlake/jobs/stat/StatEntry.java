package org.flowlake.jobs.stat;

import org.flowlake.jobs.question.FlowCounters;

/**
 * One entry of a statistic.
 *
 * @param number the element's value; 0 for an address
 * @param address the element's value as 16 bytes; null for a number
 * @param proto the protocol where protocols are kept apart, else 0
 * @param counters sums of the entry's flows
 */
public record StatEntry(long number, byte[] address, int proto, FlowCounters counters) {}
