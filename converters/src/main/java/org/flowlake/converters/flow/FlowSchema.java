package org.flowlake.converters.flow;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** {@link FlowField} in Spark's terms. All columns are nullable: a record may lack any of them. */
public final class FlowSchema {
  private FlowSchema() {}

  /** The table schema with these columns, in this order. */
  public static StructType of(List<FlowField> fields) {
    StructType schema = new StructType();
    for (FlowField field : fields) {
      schema = schema.add(field.column(), dataType(field.type()), true, field.description());
    }
    return schema;
  }

  /** The Spark type that holds values of this type. */
  public static DataType dataType(FlowType type) {
    return switch (type) {
      case INT -> DataTypes.IntegerType;
      case LONG -> DataTypes.LongType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case ADDRESS, BYTES -> DataTypes.BinaryType;
      case TEXT -> DataTypes.StringType;
    };
  }

  /** The field of this column name (any case); empty for a name that is not of the flow table. */
  public static Optional<FlowField> field(String column) {
    try {
      return Optional.of(FlowField.valueOf(column.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The flow fields among the columns of a table; other columns are left out. */
  public static Set<FlowField> fields(StructType schema) {
    EnumSet<FlowField> fields = EnumSet.noneOf(FlowField.class);
    for (String name : schema.fieldNames()) {
      field(name).ifPresent(fields::add);
    }
    return fields;
  }
}
