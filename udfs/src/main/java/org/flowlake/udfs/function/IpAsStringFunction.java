package org.flowlake.udfs.function;

import java.util.List;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.flowlake.udfs.ip.IpAddress;

/** {@code ip_as_string}: 16 bytes to text. */
final class IpAsStringFunction extends FlowFunction {
  IpAsStringFunction() {
    super(
        new FunctionDoc(
            "ip_as_string",
            "The text of an address, as nfdump prints it (RFC 5952).",
            List.of(
                FunctionParameter.required(
                    "addr",
                    DataTypes.BinaryType,
                    "address of 16 bytes in network order, IPv4 as ::ffff:a.b.c.d"),
                FunctionParameter.optional(
                    "ip_version",
                    DataTypes.IntegerType,
                    "4 or 6, the flow's ip_version; without it ::ffff:a.b.c.d is taken for IPv4")),
            "Null if an argument is null. An error if the address has another length or the version is"
                + " another one.",
            List.of(
                new FunctionDoc.Example(
                    "ip_as_string(x'00000000000000000000ffff0a010203')", "10.1.2.3"),
                new FunctionDoc.Example(
                    "ip_as_string(x'00000000000000000000ffff0a010203', 6)", "::ffff:10.1.2.3"),
                new FunctionDoc.Example(
                    "ip_as_string(x'20010db8000000000000000000000001')", "2001:db8::1")),
            FlowFunctions.FIRST_VERSION));
  }

  @Override
  ScalarFunction<?> bind(int argumentCount) {
    return argumentCount == 1 ? new OfAddress() : new OfAddressAndVersion();
  }

  /** The version is inferred. */
  public static final class OfAddress extends NativeFunction<UTF8String> {
    private static final long serialVersionUID = 1L;

    OfAddress() {
      super("ip_as_string", DataTypes.StringType, DataTypes.BinaryType);
    }

    public static UTF8String invoke(byte[] addr) {
      return addr == null ? null : UTF8String.fromString(IpAddress.text(addr));
    }
  }

  /** The version is given. */
  public static final class OfAddressAndVersion extends NativeFunction<UTF8String> {
    private static final long serialVersionUID = 1L;

    OfAddressAndVersion() {
      super("ip_as_string", DataTypes.StringType, DataTypes.BinaryType, DataTypes.IntegerType);
    }

    public static UTF8String invoke(byte[] addr, int ipVersion) {
      return addr == null ? null : UTF8String.fromString(IpAddress.text(addr, ipVersion));
    }
  }
}
