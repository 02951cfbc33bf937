package org.flowlake.udfs.function;

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
 * jar is on the class path; elsewhere name it in {@code spark.sql.extensions}.
 */
public final class FlowFunctionsExtension implements SparkSessionExtensionsProvider {

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    for (FlowFunction function : FlowFunctions.ALL) {
      FunctionIdentifier identifier = new FunctionIdentifier(function.name());
      ExpressionInfo info = function.expressionInfo();
      Function1<Seq<Expression>, Expression> builder =
          arguments -> function.expression(CollectionConverters.asJava(arguments));
      extensions.injectFunction(new Tuple3<>(identifier, info, builder));
    }
    return BoxedUnit.UNIT;
  }
}
