package org.flowlake.converters.source;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * {@code spark.read().format("nfcapd").load("folder, file or glob")}: nfcapd files of nfdump 1.6
 * and 1.7. Options: {@link FlowReadOptions}.
 */
public final class NfcapdDataSource implements TableProvider, DataSourceRegister {
  @Override
  public String shortName() {
    return "nfcapd";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return FlowTable.SCHEMA;
  }

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new FlowTable(shortName(), new NfcapdFormat(), schema);
  }
}
