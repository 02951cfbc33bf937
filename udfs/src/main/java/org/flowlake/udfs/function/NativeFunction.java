package org.flowlake.udfs.function;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;

/**
 * What the scalar functions share; each adds its public static {@code invoke}, which must stand in
 * the concrete class: Spark looks nowhere else.
 */
abstract class NativeFunction<R> implements ScalarFunction<R> {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final DataType resultType;
  private final DataType[] inputTypes;

  NativeFunction(String name, DataType resultType, DataType... inputTypes) {
    this.name = name;
    this.resultType = resultType;
    this.inputTypes = inputTypes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DataType resultType() {
    return resultType;
  }

  @Override
  public DataType[] inputTypes() {
    return inputTypes.clone();
  }

  @Override
  public String canonicalName() {
    return Arrays.stream(inputTypes)
        .map(DataType::catalogString)
        .collect(Collectors.joining(",", "flowlake." + name + "(", ")"));
  }
}
