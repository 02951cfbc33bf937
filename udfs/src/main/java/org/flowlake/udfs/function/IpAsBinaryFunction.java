package org.flowlake.udfs.function;

import java.util.List;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.flowlake.udfs.ip.IpAddress;

/** {@code ip_as_binary}: text to 16 bytes, an error where the text is no address. */
final class IpAsBinaryFunction extends FlowFunction {
  IpAsBinaryFunction() {
    super(
        new FunctionDoc(
            "ip_as_binary",
            "The 16 bytes of an address, as the flow table holds it.",
            List.of(
                FunctionParameter.required(
                    "text", DataTypes.StringType, "IPv4 or IPv6 address, no prefix length")),
            "Null if the text is null. An error if the text is no address; try_ip_as_binary returns"
                + " null there.",
            List.of(
                new FunctionDoc.Example(
                    "hex(ip_as_binary('10.1.2.3'))", "00000000000000000000FFFF0A010203"),
                new FunctionDoc.Example(
                    "hex(ip_as_binary('2001:db8::1'))", "20010DB8000000000000000000000001")),
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
      super("ip_as_binary", DataTypes.BinaryType, DataTypes.StringType);
    }

    public static byte[] invoke(UTF8String text) {
      return text == null ? null : IpAddress.parse(text.toString()).toBytes();
    }
  }
}
