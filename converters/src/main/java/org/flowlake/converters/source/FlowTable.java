package org.flowlake.converters.source;

import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;

/** Raw files of one format as a table with every column of the flow table. */
final class FlowTable implements Table, SupportsRead {
  static final StructType SCHEMA = FlowSchema.of(Arrays.asList(FlowField.values()));

  private final String formatName;
  private final FlowFormat format;
  private final StructType schema;

  FlowTable(String formatName, FlowFormat format, StructType schema) {
    this.formatName = formatName;
    this.format = format;
    this.schema = schema;
  }

  @Override
  public String name() {
    return formatName;
  }

  @Override
  @SuppressWarnings("deprecation") // Table.columns() derives from it
  public StructType schema() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new FlowScanBuilder(format, FlowReadConf.of(options), schema);
  }
}
