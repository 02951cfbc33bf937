package org.flowlake.udfs.function;

import java.util.List;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * Gives every function of flowlake to a Spark session. Spark finds this class by itself where the
 * jar is on the class path; elsewhere name it in {@code spark.sql.extensions}. Both at once do no
 * harm.
 */
public final class FlowFunctionsExtension implements SparkSessionExtensionsProvider {
  /** Made once: Spark warns when another object takes the place of a registered function. */
  private static final List<
          Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, Expression>>>
      DESCRIPTIONS = FlowFunctions.ALL.stream().map(FlowFunctionsExtension::describe).toList();

  private static Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, Expression>>
      describe(FlowFunction function) {
    return new Tuple3<>(
        new FunctionIdentifier(function.name()),
        function.expressionInfo(),
        arguments -> function.expression(CollectionConverters.asJava(arguments)));
  }

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    DESCRIPTIONS.forEach(extensions::injectFunction);
    return BoxedUnit.UNIT;
  }
}
