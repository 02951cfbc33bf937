/**
 * What groups of flows can be asked beyond nfdump: bins of time, counts of distinct values,
 * percentiles, and tests on the groups themselves.
 */
package org.flowlake.jobs.extra;
