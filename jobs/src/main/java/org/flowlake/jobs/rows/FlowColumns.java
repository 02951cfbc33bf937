package org.flowlake.jobs.rows;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.jobs.question.QuestionException;

/**
 * The fields of one table as Spark columns. A field whose group no converted file carried yet has
 * no column in the table: it is null in every row.
 */
public final class FlowColumns {
  private final Set<String> present;

  public FlowColumns(StructType schema) {
    this.present = Arrays.stream(schema.fieldNames()).collect(Collectors.toSet());
  }

  public boolean has(FlowField field) {
    return present.contains(field.column());
  }

  /** Whether there is a column of this name. */
  boolean isNamed(String name) {
    return present.contains(name);
  }

  /** The field's column, or a null of its type. */
  public Column of(FlowField field) {
    return has(field) ? col(field.column()) : lit(null).cast(FlowSchema.dataType(field.type()));
  }

  /**
   * A column that is no field, such as one that a database of addresses adds.
   *
   * @throws QuestionException if the table does not have it
   */
  public Column named(String name) {
    if (!present.contains(name)) {
      throw new QuestionException(
          "No database of countries: name one in MaxMind's format with -G FILE or in the"
              + " environment variable FLOWLAKE_GEODB");
    }
    return col(name);
  }

  /** A number field as 64 bits; null where absent. */
  public Column number(FlowField field) {
    Column column = of(field);
    return field.type() == FlowType.INT ? column.cast(DataTypes.LongType) : column;
  }
}
