package org.flowlake.converters.parquet.write;

import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.iceberg.util.PropertyUtil;

/**
 * How Parquet files of a table are written, by its {@code write.parquet.*} properties; pages are of
 * version 2 whatever these say.
 *
 * @param columns pages and encodings
 * @param codec of the pages
 * @param compression settings of the codec
 * @param rowGroupBytes size of a row group in memory, about
 */
record ColumnFileProperties(
    ParquetProperties columns,
    CompressionCodecName codec,
    Configuration compression,
    long rowGroupBytes) {
  static ColumnFileProperties of(Table table) {
    Map<String, String> properties = table.properties();
    Configuration compression = new Configuration(false);
    String level = properties.get(TableProperties.PARQUET_COMPRESSION_LEVEL);
    if (level != null) {
      compression.set(ZstandardCodec.PARQUET_COMPRESS_ZSTD_LEVEL, level);
    }
    return new ColumnFileProperties(
        columns(properties),
        CompressionCodecName.valueOf(
            properties
                .getOrDefault(
                    TableProperties.PARQUET_COMPRESSION,
                    TableProperties.PARQUET_COMPRESSION_DEFAULT_SINCE_1_4_0)
                .toUpperCase(Locale.ROOT)),
        compression,
        PropertyUtil.propertyAsLong(
            properties,
            TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
            TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT));
  }

  private static ParquetProperties columns(Map<String, String> properties) {
    ParquetProperties.Builder columns =
        ParquetProperties.builder()
            .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_2_0)
            .withPageSize(
                number(
                    properties,
                    TableProperties.PARQUET_PAGE_SIZE_BYTES,
                    TableProperties.PARQUET_PAGE_SIZE_BYTES_DEFAULT))
            .withPageRowCountLimit(
                number(
                    properties,
                    TableProperties.PARQUET_PAGE_ROW_LIMIT,
                    TableProperties.PARQUET_PAGE_ROW_LIMIT_DEFAULT))
            .withDictionaryPageSize(
                number(
                    properties,
                    TableProperties.PARQUET_DICT_SIZE_BYTES,
                    TableProperties.PARQUET_DICT_SIZE_BYTES_DEFAULT))
            // Histograms of levels say nothing of columns without lists.
            .withSizeStatisticsEnabled(false);
    String dictionaryOf = TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX;
    properties.forEach(
        (name, value) -> {
          if (name.startsWith(dictionaryOf)) {
            columns.withDictionaryEncoding(
                name.substring(dictionaryOf.length()), Boolean.parseBoolean(value));
          }
        });
    return columns.build();
  }

  private static int number(Map<String, String> properties, String name, int ifAbsent) {
    return PropertyUtil.propertyAsInt(properties, name, ifAbsent);
  }
}
