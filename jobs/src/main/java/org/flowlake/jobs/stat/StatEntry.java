package org.flowlake.jobs.stat;

import org.flowlake.jobs.question.FlowCounters;

/**
 * One entry of a statistic.
 *
 * @param number the element's value; 0 for an address and a text
 * @param bytes the element's value: an address of 16 bytes, or a text in UTF-8; null for a number
 * @param proto the protocol where protocols are kept apart, else 0
 * @param counters sums of the entry's flows
 */
public record StatEntry(long number, byte[] bytes, int proto, FlowCounters counters) {}
