/** Aggregation by listed keys or by the five-tuple ({@code -A}, {@code -a}). */
package org.flowlake.jobs.aggregate;
