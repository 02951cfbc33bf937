package org.flowlake.udfs.function;

import java.util.List;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.flowlake.udfs.ip.IpAddress;

/** {@code try_ip_as_binary}: text to 16 bytes, null where the text is no address. */
final class TryIpAsBinaryFunction extends FlowFunction {
  TryIpAsBinaryFunction() {
    super(
        new FunctionDoc(
            "try_ip_as_binary",
            "The 16 bytes of an address, as the flow table holds it; null where the text is no"
                + " address. For lists from elsewhere that hold other things too.",
            List.of(FunctionParameter.required("text", DataTypes.StringType, "any text")),
            "Null if the text is null or no address.",
            List.of(
                new FunctionDoc.Example(
                    "hex(try_ip_as_binary('10.1.2.3'))", "00000000000000000000FFFF0A010203"),
                new FunctionDoc.Example("try_ip_as_binary('10.1.2.300')", "NULL")),
            FlowFunctions.FIRST_VERSION));
  }

  @Override
  ScalarFunction<?> bind(int argumentCount) {
    return new OfText();
  }

  /** The only form. */
  public static final class OfText extends NativeFunction<byte[]> {
    private static final long serialVersionUID = 1L;

    OfText() {
      super("try_ip_as_binary", DataTypes.BinaryType, DataTypes.StringType);
    }

    public static byte[] invoke(UTF8String text) {
      return text == null
          ? null
          : IpAddress.tryParse(text.toString()).map(IpAddress::toBytes).orElse(null);
    }
  }
}
