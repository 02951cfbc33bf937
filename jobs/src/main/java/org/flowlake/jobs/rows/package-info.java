/** Rows of an answer between Spark and the printers: the best of them, sorted, or as they come. */
package org.flowlake.jobs.rows;
