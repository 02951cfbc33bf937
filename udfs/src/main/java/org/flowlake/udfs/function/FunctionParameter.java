package org.flowlake.udfs.function;

import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;

/**
 * One parameter of a SQL function.
 *
 * @param name lower case
 * @param type BINARY, STRING or INT
 * @param necessity whether a call may leave it out
 * @param description what it means, with its range
 */
record FunctionParameter(String name, DataType type, Necessity necessity, String description) {
  enum Necessity {
    REQUIRED,
    OPTIONAL
  }

  static FunctionParameter required(String name, DataType type, String description) {
    return new FunctionParameter(name, type, Necessity.REQUIRED, description);
  }

  static FunctionParameter optional(String name, DataType type, String description) {
    return new FunctionParameter(name, type, Necessity.OPTIONAL, description);
  }

  boolean isRequired() {
    return necessity == Necessity.REQUIRED;
  }

  /**
   * Spark would cast text to binary and long to int on its own; here both are mistakes of the
   * caller that would give wrong answers silently.
   */
  boolean accepts(DataType argument) {
    if (type.equals(DataTypes.BinaryType)) {
      return argument instanceof BinaryType;
    }
    if (type.equals(DataTypes.StringType)) {
      return argument instanceof StringType;
    }
    return argument instanceof IntegerType
        || argument instanceof ShortType
        || argument instanceof ByteType;
  }
}
