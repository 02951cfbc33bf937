package org.flowlake.converters.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;

/** Found flows as a table that the driver reads while it plans. */
record FoundFlowsTable(FoundFlows found) implements Table, SupportsRead {
  @Override
  public String name() {
    return "found flows";
  }

  @Override
  @SuppressWarnings("deprecation") // Table.columns() derives from it
  public StructType schema() {
    return FlowSchema.of(found.fields());
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new Builder(found);
  }

  private static final class Builder implements ScanBuilder, SupportsPushDownRequiredColumns {
    private final FoundFlows found;
    private List<FlowField> columns;

    Builder(FoundFlows found) {
      this.found = found;
      this.columns = found.fields();
    }

    @Override
    public void pruneColumns(StructType required) {
      columns = new ArrayList<>();
      for (String column : required.fieldNames()) {
        columns.add(FlowSchema.field(column).orElseThrow());
      }
    }

    @Override
    public Scan build() {
      return new Columns(found, columns);
    }
  }

  private record Columns(FoundFlows found, List<FlowField> columns) implements LocalScan {
    @Override
    public StructType readSchema() {
      return FlowSchema.of(columns);
    }

    @Override
    public InternalRow[] rows() {
      return found.read(columns);
    }
  }
}
