package org.flowlake.udfs.function;

import java.util.List;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.flowlake.udfs.flow.TcpFlags;

/** {@code tcp_flags_text}: flag byte to letters. */
final class TcpFlagsTextFunction extends FlowFunction {
  TcpFlagsTextFunction() {
    super(
        new FunctionDoc(
            "tcp_flags_text",
            "The TCP flags as nfdump prints them: eight places CEUAPRSF, a dot for each flag that is"
                + " not set.",
            List.of(
                FunctionParameter.required(
                    "flags",
                    DataTypes.IntegerType,
                    "flag byte; bits above the low eight are ignored")),
            "Null if the flags are null.",
            List.of(
                new FunctionDoc.Example("tcp_flags_text(2)", "......S."),
                new FunctionDoc.Example("tcp_flags_text(27)", "...AP.SF")),
            FlowFunctions.FIRST_VERSION));
  }

  @Override
  ScalarFunction<?> bind(int argumentCount) {
    return new OfFlags();
  }

  /** The only form. */
  public static final class OfFlags extends NativeFunction<UTF8String> {
    private static final long serialVersionUID = 1L;

    OfFlags() {
      super("tcp_flags_text", DataTypes.StringType, DataTypes.IntegerType);
    }

    public static UTF8String invoke(int flags) {
      return UTF8String.fromString(TcpFlags.text(flags));
    }
  }
}
