/**
 * Columns of Parquet files as arrays, a row group at a time: for answers that sum columns and need
 * no row per flow.
 */
package org.flowlake.jobs.columns;
