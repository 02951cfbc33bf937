/**
 * nfdump's text: format tokens, lines, statistic tables and closing lines, as 1.7.8 prints them.
 */
package org.flowlake.jobs.report;
