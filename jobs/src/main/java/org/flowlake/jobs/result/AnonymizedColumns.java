package org.flowlake.jobs.result;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.converters.flow.FlowAnonymizer;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.anonymize.Anonymization;
import org.flowlake.udfs.anonymize.CryptoPan;
import org.flowlake.udfs.ip.IpAddress;

/** Columns of flows as {@link FlowAnonymizer} leaves them, for tables that are exported. */
final class AnonymizedColumns {
  private AnonymizedColumns() {}

  /**
   * The same rows, anonymised.
   *
   * @param name of the column that a field has, if it has one
   */
  static Dataset<Row> of(
      Dataset<Row> rows, Function<FlowField, String> name, Anonymization anonymization) {
    List<String> present = List.of(rows.columns());
    List<Column> columns = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    var address = udf(new AnonymousAddress(anonymization), DataTypes.BinaryType);
    for (FlowField field : FlowField.values()) {
      String column = name.apply(field);
      if (!present.contains(column)) {
        continue;
      }
      Column plain = col(column);
      Column anonymous =
          switch (FlowAnonymizer.Treatment.of(field)) {
            case ADDRESS ->
                address.apply(
                    plain,
                    FlowAnonymizer.familyOf(field)
                        .map(family -> col(name.apply(family)).cast(DataTypes.IntegerType))
                        .orElse(lit(null).cast(DataTypes.IntegerType)));
            case ZEROED ->
                when(plain.isNotNull(), lit(0)).cast(rows.schema().apply(column).dataType());
            case TAKEN_OUT -> lit(null).cast(rows.schema().apply(column).dataType());
            case MARKED ->
                plain
                    .bitwiseOR(lit(FlowAnonymizer.ANONYMISED))
                    .cast(rows.schema().apply(column).dataType());
            case LEFT -> plain;
          };
      columns.add(anonymous.as(column));
      changed.add(column);
    }
    present.stream()
        .filter(column -> !changed.contains(column))
        .map(c -> col(c))
        .forEach(columns::add);
    return rows.select(columns.toArray(Column[]::new));
  }

  /** One address; the second argument is its IP version, null where the bytes tell. */
  private static final class AnonymousAddress implements UDF2<byte[], Integer, byte[]> {
    private static final long serialVersionUID = 1L;
    private static final byte[] MAPPED = IpAddress.parse("0.0.0.0").toBytes();
    private static final int MAPPED_BYTES = 12;

    private final Anonymization anonymization;

    /** Not for two threads, and tasks of one executor may share this object. */
    private transient ThreadLocal<CryptoPan> cryptoPan;

    AnonymousAddress(Anonymization anonymization) {
      this.anonymization = anonymization;
    }

    @Override
    public byte[] call(byte[] address, Integer ipVersion) {
      if (address == null) {
        return null;
      }
      boolean ipv4 = (ipVersion == null || ipVersion == 4) && isMapped(address);
      return ofThread().address(address, ipv4 ? 4 : 6);
    }

    private static boolean isMapped(byte[] address) {
      return java.util.Arrays.equals(address, 0, MAPPED_BYTES, MAPPED, 0, MAPPED_BYTES);
    }

    private synchronized CryptoPan ofThread() {
      if (cryptoPan == null) {
        cryptoPan = ThreadLocal.withInitial(() -> new CryptoPan(anonymization));
      }
      return cryptoPan.get();
    }
  }
}
