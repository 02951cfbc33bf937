package org.flowlake.jobs.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Predicate$;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.planning.PhysicalOperation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows that are made from a local table by a filter and expressions: the driver makes them by
 * itself, with the code that tasks would run. A job takes longer than the few rows do.
 */
final class LocalRows {
  private LocalRows() {}

  /** The rows; empty where they come from elsewhere, or are made by more. */
  static Optional<List<InternalRow>> of(Dataset<Row> rows) {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().optimizedPlan();
    Option<Tuple3<Seq<NamedExpression>, Seq<Expression>, LogicalPlan>> parts =
        PhysicalOperation$.MODULE$.unapply(plan);
    if (parts.isEmpty()
        || !(parts.get()._3() instanceof DataSourceV2ScanRelation relation)
        || !(relation.scan() instanceof LocalScan local)) {
      return Optional.empty();
    }
    List<Expression> made = new ArrayList<>();
    CollectionConverters.asJava(parts.get()._1()).forEach(each -> made.add((Expression) each));
    List<Expression> tests = CollectionConverters.asJava(parts.get()._2());
    boolean isPlain =
        Stream.concat(made.stream(), tests.stream())
            .allMatch(each -> each.deterministic() && !SubqueryExpression.hasSubquery(each));
    return isPlain
        ? Optional.of(rows(local.rows(), relation.output(), tests, made))
        : Optional.empty();
  }

  private static List<InternalRow> rows(
      InternalRow[] stored,
      Seq<AttributeReference> columns,
      List<Expression> tests,
      List<Expression> made) {
    Seq<Attribute> given =
        CollectionConverters.asScala(List.<Attribute>copyOf(CollectionConverters.asJava(columns)))
            .toSeq();
    Expression all =
        tests.stream()
            .reduce(And::new)
            .orElseGet(() -> Literal.create(true, DataTypes.BooleanType));
    BasePredicate passes = Predicate$.MODULE$.create(all, given);
    passes.initialize(0);
    UnsafeProjection shown =
        UnsafeProjection$.MODULE$.create(CollectionConverters.asScala(made).toSeq(), given);
    shown.initialize(0);
    List<InternalRow> rows = new ArrayList<>();
    for (InternalRow row : stored) {
      if (passes.eval(row)) {
        rows.add(shown.apply(row).copy());
      }
    }
    return rows;
  }
}
