package org.flowlake.jobs.aggregate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;

import java.math.BigDecimal;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.converters.flow.FlowField;

/**
 * The value that a field has in the first flow of a group; among flows of equal rank the smallest
 * value, so that the answer does not depend on the order in which tasks end.
 */
final class FirstFlow {
  /** Above every 64-bit number. */
  private static final BigDecimal ABOVE_LONGS = BigDecimal.TEN.pow(19);

  private FirstFlow() {}

  /**
   * The aggregate over a column of this field.
   *
   * @param name the column's name
   * @param rank name of a column of longs; the flow with the smallest comes first
   */
  static Column value(FlowField field, String name, String rank) {
    Column order =
        switch (field.type()) {
          case ADDRESS, BYTES, TEXT -> struct(col(rank), col(name));
          // Spark keeps a group's order and value in place, in its hash table, only where both have
          // a fixed size: a decimal has, a struct has not and would sort all flows.
          case INT, LONG, TIMESTAMP -> rankThenValue(col(rank), col(name));
        };
    return min_by(col(name), order);
  }

  private static Column rankThenValue(Column rank, Column value) {
    Column high =
        rank.cast(DataTypes.createDecimalType(18, 0))
            .multiply(lit(ABOVE_LONGS).cast(DataTypes.createDecimalType(20, 0)));
    Column low = coalesce(value, lit(-1L)).cast(DataTypes.createDecimalType(19, 0));
    return high.plus(low);
  }
}
