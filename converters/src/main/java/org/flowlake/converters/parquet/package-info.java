/**
 * Parquet files of the lake's tables, read column by column: a row group at a time, without an
 * object per row or value. How they are written is in {@code parquet.write}.
 */
package org.flowlake.converters.parquet;
