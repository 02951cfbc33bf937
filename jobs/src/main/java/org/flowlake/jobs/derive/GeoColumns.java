package org.flowlake.jobs.derive;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.rows.FlowColumns;
import org.flowlake.jobs.rows.NativeCall;

/**
 * What databases add to a table of flows: the AS of an address where the record has none, as nfdump
 * looks it up, and the countries. Spark leaves out what a question does not use; public because its
 * generated code calls it.
 */
public final class GeoColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private final GeoFiles files;

  private GeoColumns(GeoFiles files) {
    this.files = files;
  }

  /** The table with AS looked up and with countries; the table itself where there are no files. */
  public static Dataset<Row> added(Dataset<Row> flows, GeoFiles files) {
    if (files.isEmpty()) {
      return flows;
    }
    FlowColumns columns = new FlowColumns(flows.schema());
    Dataset<Row> result =
        flows
            .withColumn(
                country(FlowField.SRC_ADDR),
                DerivedColumn.of(new CountryText(FlowField.SRC_ADDR, files), columns))
            .withColumn(
                country(FlowField.DST_ADDR),
                DerivedColumn.of(new CountryText(FlowField.DST_ADDR, files), columns));
    if (!files.database().knowsSystems()) {
      return result;
    }
    GeoColumns lookup = new GeoColumns(files);
    return result
        .withColumn(
            FlowField.SRC_AS.column(), lookup.system(columns, FlowField.SRC_AS, FlowField.SRC_ADDR))
        .withColumn(
            FlowField.DST_AS.column(),
            lookup.system(columns, FlowField.DST_AS, FlowField.DST_ADDR));
  }

  /** The name of the column with the country of this address of the flow. */
  public static String country(FlowField address) {
    return address.column() + "_country";
  }

  private Column system(FlowColumns columns, FlowField stored, FlowField address) {
    Column known = columns.of(stored);
    Column found =
        NativeCall.on(
            this,
            "asNumber",
            DataTypes.LongType,
            List.of(columns.of(address), columns.of(FlowField.IP_VERSION)));
    Column missing = coalesce(known, lit(0L)).equalTo(0L);
    return when(missing, coalesce(nullif(found, lit(0L)), known)).otherwise(known);
  }

  /** The AS of an address, 0 where none is known. */
  public long asNumber(byte[] address, int ipVersion) {
    return files.database().asNumber(address, ipVersion);
  }

  /** Short: plans print it. */
  @Override
  public String toString() {
    return "AS of " + files.locations();
  }
}
