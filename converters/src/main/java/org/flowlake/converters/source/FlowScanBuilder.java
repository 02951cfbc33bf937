package org.flowlake.converters.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;

/** Takes the asked columns and the filters down to the decoder. */
final class FlowScanBuilder
    implements ScanBuilder, SupportsPushDownV2Filters, SupportsPushDownRequiredColumns {
  private final FlowFormat format;
  private final FlowReadConf conf;
  private List<FlowField> fields;
  private final List<FlowPredicate> filters = new ArrayList<>();
  private final List<Predicate> pushed = new ArrayList<>();

  FlowScanBuilder(FlowFormat format, FlowReadConf conf, StructType schema) {
    this.format = format;
    this.conf = conf;
    this.fields = fieldsOf(schema);
  }

  /** Keeps what can be tested on decoded columns; what is returned Spark tests on the rows. */
  @Override
  public Predicate[] pushPredicates(Predicate[] predicates) {
    List<Predicate> rest = new ArrayList<>();
    for (Predicate predicate : predicates) {
      Optional<FlowPredicate> filter = FlowPredicateTranslator.translate(predicate);
      if (filter.isPresent()) {
        filters.add(filter.get());
        pushed.add(predicate);
      } else {
        rest.add(predicate);
      }
    }
    return rest.toArray(Predicate[]::new);
  }

  @Override
  public Predicate[] pushedPredicates() {
    return pushed.toArray(Predicate[]::new);
  }

  @Override
  public void pruneColumns(StructType required) {
    fields = fieldsOf(required);
  }

  @Override
  public Scan build() {
    return new FlowScan(
        conf,
        new FlowScanPlan(
            format, fields, new FlowPredicate.And(List.copyOf(filters)), conf.damage()),
        pushed);
  }

  private static List<FlowField> fieldsOf(StructType schema) {
    List<FlowField> fields = new ArrayList<>();
    for (String column : schema.fieldNames()) {
      fields.add(
          FlowSchema.field(column)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Column " + column + " is not of the flow table; see docs/fields.md")));
    }
    return fields;
  }
}
