/**
 * Parquet files of the lake's tables, written column by column: the values of a row group wait
 * until it is full, and are encoded then, without an object per row or value.
 */
package org.flowlake.converters.parquet.write;
