package org.flowlake.udfs.function;

import java.util.List;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.udfs.ip.AddressMask;
import org.flowlake.udfs.ip.IpAddress;

/** {@code ip_mask}: the network that an address lies in. */
final class IpMaskFunction extends FlowFunction {
  IpMaskFunction() {
    super(
        new FunctionDoc(
            "ip_mask",
            "The first address of the network of this prefix length that the address lies in: all"
                + " bits behind the prefix are zero.",
            List.of(
                FunctionParameter.required(
                    "addr",
                    DataTypes.BinaryType,
                    "address of 16 bytes in network order, IPv4 as ::ffff:a.b.c.d"),
                FunctionParameter.required(
                    "prefix_length",
                    DataTypes.IntegerType,
                    "bits that stay: 0 to 32 for IPv4, 0 to 128 for IPv6; a greater number keeps"
                        + " all"),
                FunctionParameter.optional(
                    "ip_version",
                    DataTypes.IntegerType,
                    "4 or 6, the flow's ip_version; without it ::ffff:a.b.c.d is taken for IPv4")),
            "Null if an argument is null.",
            List.of(
                new FunctionDoc.Example(
                    "ip_as_string(ip_mask(ip_as_binary('10.1.2.3'), 24))", "10.1.2.0"),
                new FunctionDoc.Example(
                    "ip_as_string(ip_mask(ip_as_binary('2001:db8:1:2::3'), 32))", "2001:db8::")),
            FlowFunctions.FIRST_VERSION));
  }

  @Override
  ScalarFunction<?> bind(int argumentCount) {
    return argumentCount == 2 ? new OfAddress() : new OfAddressAndVersion();
  }

  /** The version is inferred. */
  public static final class OfAddress extends NativeFunction<byte[]> {
    private static final long serialVersionUID = 1L;

    OfAddress() {
      super("ip_mask", DataTypes.BinaryType, DataTypes.BinaryType, DataTypes.IntegerType);
    }

    public static byte[] invoke(byte[] addr, int prefixLength) {
      return addr == null
          ? null
          : AddressMask.apply(addr, IpAddress.inferredVersion(addr), prefixLength);
    }
  }

  /** The version is given. */
  public static final class OfAddressAndVersion extends NativeFunction<byte[]> {
    private static final long serialVersionUID = 1L;

    OfAddressAndVersion() {
      super(
          "ip_mask",
          DataTypes.BinaryType,
          DataTypes.BinaryType,
          DataTypes.IntegerType,
          DataTypes.IntegerType);
    }

    public static byte[] invoke(byte[] addr, int prefixLength, int ipVersion) {
      return addr == null ? null : AddressMask.apply(addr, ipVersion, prefixLength);
    }
  }
}
