package org.flowlake.jobs.rows;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Columns that call a Java method from Spark's generated code, without the boxing and the row
 * copies of a UDF. The result is null where an argument is.
 */
public final class NativeCall {
  private NativeCall() {}

  /** A call of a public static method. */
  public static Column ofStatic(
      Class<?> type, String method, DataType result, List<Column> arguments) {
    return ExpressionUtils.column(
        new StaticInvoke(
            type,
            result,
            method,
            expressions(arguments),
            seq(List.of()),
            true,
            false,
            true,
            Option.empty()));
  }

  /**
   * A call of a public method of a serialisable object, which travels with the tasks; the method
   * never returns null.
   */
  public static Column on(Object target, String method, DataType result, List<Column> arguments) {
    return call(target, method, result, arguments, false);
  }

  /** As {@link #on} for a method that may return null. */
  public static Column nullableOn(
      Object target, String method, DataType result, List<Column> arguments) {
    return call(target, method, result, arguments, true);
  }

  private static Column call(
      Object target, String method, DataType result, List<Column> arguments, boolean nullable) {
    return ExpressionUtils.column(
        new Invoke(
            Literal.create(target, new ObjectType(target.getClass())),
            method,
            result,
            expressions(arguments),
            seq(List.of()),
            true,
            nullable,
            true));
  }

  private static Seq<Expression> expressions(List<Column> columns) {
    return seq(columns.stream().map(ExpressionUtils::expression).toList());
  }

  private static <T> Seq<T> seq(List<T> items) {
    return CollectionConverters.asScala(items).toSeq();
  }
}
