package org.flowlake.udfs.function;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What people are told about one SQL function, and what a call is checked against:
 * docs/functions.md and {@code DESCRIBE FUNCTION EXTENDED} both print this.
 *
 * @param name the name in SQL
 * @param usage what it returns, in one or two sentences
 * @param parameters in the order of the call
 * @param nulls what comes back for null, and for values that mean nothing
 * @param examples calls with their results; a test executes them
 * @param since the first version that has the function
 */
record FunctionDoc(
    String name,
    String usage,
    List<FunctionParameter> parameters,
    String nulls,
    List<Example> examples,
    String since) {

  /**
   * One call and what it returns.
   *
   * @param sql an expression over constants
   * @param result the text that Spark's SQL shell shows for it
   */
  record Example(String sql, String result) {}

  /** The call as people write it: {@code ip_as_string(addr[, ip_version])}. */
  String signature() {
    StringBuilder out = new StringBuilder(name).append('(');
    for (int i = 0; i < parameters.size(); i++) {
      FunctionParameter parameter = parameters.get(i);
      String separated = (i > 0 ? ", " : "") + parameter.name();
      out.append(parameter.isRequired() ? separated : "[" + separated + "]");
    }
    return out.append(')').toString();
  }

  /**
   * Refuses a call with another number or other types of arguments.
   *
   * @throws UnsupportedOperationException as the contract of Spark's UnboundFunction asks; the
   *     message names the function, the place, the type found and the one expected
   */
  void check(StructType arguments) {
    StructField[] fields = arguments.fields();
    long required = parameters.stream().filter(FunctionParameter::isRequired).count();
    if (fields.length < required || fields.length > parameters.size()) {
      throw new UnsupportedOperationException(
          "Call of " + name + " with " + fields.length + " arguments; expected " + signature());
    }
    for (int i = 0; i < fields.length; i++) {
      DataType type = fields[i].dataType();
      FunctionParameter parameter = parameters.get(i);
      if (!(type instanceof NullType) && !parameter.accepts(type)) {
        throw new UnsupportedOperationException(
            "Argument %s of %s is of type %s; expected %s in %s"
                .formatted(
                    parameter.name(), name, type.sql(), parameter.type().sql(), signature()));
      }
    }
  }

  /** The same for Spark's catalogue of functions. */
  ExpressionInfo expressionInfo(Class<?> function) {
    String arguments =
        parameters.stream()
            .map(
                p -> "      * " + p.name() + " - " + p.type().sql() + ": " + p.description() + "\n")
            .collect(Collectors.joining("", "\n    Arguments:\n", "  "));
    String calls =
        examples.stream()
            .map(e -> "      > SELECT " + e.sql() + ";\n       " + e.result() + "\n")
            .collect(Collectors.joining("", "\n    Examples:\n", "  "));
    return new ExpressionInfo(
        function.getName(),
        null,
        name,
        signature() + " - " + usage,
        arguments,
        calls,
        "\n    " + nulls + "\n  ",
        "",
        since,
        "",
        "java_udf");
  }
}
