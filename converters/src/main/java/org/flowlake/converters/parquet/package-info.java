/**
 * Parquet files of the lake's tables, written and read column by column: a row group at a time,
 * without an object per row or value.
 */
package org.flowlake.converters.parquet;
