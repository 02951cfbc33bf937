/**
 * Rows of an answer between Spark and the printers: where each value lies, the best rows of an
 * order, all of them sorted, or as they come.
 */
package org.flowlake.jobs.rows;
