package org.flowlake.jobs.filter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.jobs.rows.NativeCall;

/**
 * A condition that asks the interpreter, for filters nested deeper than Catalyst can follow; public
 * because Spark's generated code calls it.
 */
public final class InterpretedCondition implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FilterInterpreter interpreter;
  private final Map<FlowField, Integer> ordinals;

  private InterpretedCondition(FilterInterpreter interpreter, List<FlowField> columns) {
    this.interpreter = interpreter;
    this.ordinals = new EnumMap<>(FlowField.class);
    columns.forEach(field -> ordinals.put(field, ordinals.size()));
  }

  /** The filter as one call over these columns; it reads no others, but perhaps the number. */
  static Column of(BoundFilter filter, List<FlowField> columns, Optional<Column> runningNumber) {
    List<Column> read = new ArrayList<>(columns.stream().map(LeafCompiler::column).toList());
    runningNumber.ifPresent(read::add);
    Column struct = functions.struct(read.toArray(Column[]::new));
    return NativeCall.on(
        new InterpretedCondition(new FilterInterpreter(filter), columns),
        "matches",
        DataTypes.BooleanType,
        List.of(struct));
  }

  /** Whether the flow in this row passes. */
  public boolean matches(InternalRow row) {
    return interpreter.matches(new RowValues(row));
  }

  @Override
  public String toString() {
    return "filter over " + ordinals.keySet();
  }

  private final class RowValues implements FlowValues {
    private final InternalRow row;

    RowValues(InternalRow row) {
      this.row = row;
    }

    @Override
    public boolean isNull(FlowField field) {
      Integer ordinal = ordinals.get(field);
      return ordinal == null || row.isNullAt(ordinal);
    }

    @Override
    public long number(FlowField field) {
      int ordinal = ordinals.get(field);
      return field.type() == FlowType.INT ? row.getInt(ordinal) : row.getLong(ordinal);
    }

    @Override
    public long runningNumber() {
      return row.getLong(ordinals.size());
    }

    @Override
    public byte[] bytes(FlowField field) {
      int ordinal = ordinals.get(field);
      return field.type() == FlowType.TEXT
          ? row.getUTF8String(ordinal).getBytes()
          : row.getBinary(ordinal);
    }
  }
}
