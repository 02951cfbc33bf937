/** Parquet files of the lake's tables, written column by column. */
package org.flowlake.converters.parquet;
