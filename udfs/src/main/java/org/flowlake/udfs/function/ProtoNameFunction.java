package org.flowlake.udfs.function;

import java.util.List;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.flowlake.udfs.flow.IpProtocol;

/** {@code proto_name}: IP protocol number to name. */
final class ProtoNameFunction extends FlowFunction {
  ProtoNameFunction() {
    super(
        new FunctionDoc(
            "proto_name",
            "The name of an IP protocol as nfdump prints it, or the number itself where nfdump has no"
                + " name.",
            List.of(
                FunctionParameter.required(
                    "proto", DataTypes.IntegerType, "IP protocol number, 0 to 255")),
            "Null if the number is null.",
            List.of(
                new FunctionDoc.Example("proto_name(6)", "TCP"),
                new FunctionDoc.Example("proto_name(58)", "ICMP6"),
                new FunctionDoc.Example("proto_name(200)", "200")),
            FlowFunctions.FIRST_VERSION));
  }

  @Override
  ScalarFunction<?> bind(int argumentCount) {
    return new OfNumber();
  }

  /** The only form. */
  public static final class OfNumber extends NativeFunction<UTF8String> {
    private static final long serialVersionUID = 1L;

    OfNumber() {
      super("proto_name", DataTypes.StringType, DataTypes.IntegerType);
    }

    public static UTF8String invoke(int proto) {
      return UTF8String.fromString(IpProtocol.name(proto));
    }
  }
}
