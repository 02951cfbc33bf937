package org.flowlake.udfs.function;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.V2ExpressionUtils;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One SQL function: its documentation, and the scalar function that a call resolves to.
 *
 * <p>The scalar functions have a public static {@code invoke}, which Spark calls from generated
 * code, with no row and no boxing between. {@code invoke} is given null for a null argument, except
 * for INT: there Spark returns null by itself.
 */
abstract class FlowFunction implements UnboundFunction {
  private final FunctionDoc doc;

  FlowFunction(FunctionDoc doc) {
    this.doc = doc;
  }

  final FunctionDoc doc() {
    return doc;
  }

  /** The scalar function for a call with so many arguments, which fit the documentation. */
  abstract ScalarFunction<?> bind(int argumentCount);

  @Override
  public final String name() {
    return doc.name();
  }

  @Override
  public final String description() {
    return doc.signature() + " - " + doc.usage();
  }

  /**
   * @throws UnsupportedOperationException if the number or the types of the arguments do not fit
   */
  @Override
  public final ScalarFunction<?> bind(StructType arguments) {
    doc.check(arguments);
    return bind(arguments.size());
  }

  /** The expression that a call of this function stands for; the arguments are resolved. */
  Expression expression(List<Expression> arguments) {
    StructType types = new StructType();
    for (int i = 0; i < arguments.size(); i++) {
      Expression argument = arguments.get(i);
      types = types.add("argument" + i, argument.dataType(), argument.nullable());
    }
    return V2ExpressionUtils.resolveScalarFunction(
        bind(types), CollectionConverters.asScala(arguments).toSeq());
  }

  final ExpressionInfo expressionInfo() {
    return doc.expressionInfo(getClass());
  }
}
