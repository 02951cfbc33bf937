package org.flowlake.jobs.derive;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.jobs.rows.FlowColumns;
import org.flowlake.jobs.rows.NativeCall;

/**
 * A derived text as a column, computed on the executors; public because Spark's generated code
 * calls it.
 */
public final class DerivedColumn implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Derivation derivation;
  private final List<FlowField> fields;

  private DerivedColumn(Derivation derivation) {
    this.derivation = derivation;
    this.fields = List.copyOf(derivation.fields());
  }

  /** The first text of each flow; null where it has none. */
  public static Column of(Derivation derivation, FlowColumns columns) {
    DerivedColumn target = new DerivedColumn(derivation);
    Column struct =
        functions.struct(
            target.fields.stream()
                .map(field -> columns.of(field).as(field.column()))
                .toArray(Column[]::new));
    return NativeCall.nullableOn(target, "text", DataTypes.StringType, List.of(struct));
  }

  /** The text of the flow in this row; null where it has none. */
  public UTF8String text(InternalRow row) {
    return UTF8String.fromString(derivation.text(new RowFields(row)));
  }

  /** Short: plans print it. */
  @Override
  public String toString() {
    return derivation.toString();
  }

  private final class RowFields implements FlowFields {
    private final InternalRow row;

    RowFields(InternalRow row) {
      this.row = row;
    }

    @Override
    public boolean has(FlowField field) {
      int ordinal = fields.indexOf(field);
      return ordinal >= 0 && !row.isNullAt(ordinal);
    }

    @Override
    public long number(FlowField field) {
      int ordinal = fields.indexOf(field);
      return field.type() == FlowType.INT ? row.getInt(ordinal) : row.getLong(ordinal);
    }

    @Override
    public byte[] bytes(FlowField field) {
      return row.getBinary(fields.indexOf(field));
    }
  }
}
