package org.flowlake.udfs.function;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.flowlake.udfs.ip.IpAddress;
import org.flowlake.udfs.ip.IpPrefix;

/**
 * {@code ip_cidr_contains}: whether an address lies in a network.
 *
 * <p>A constant network becomes two comparisons of bytes. Those Spark hands to the table's reader,
 * which then skips what cannot match; a call of a function it would not.
 */
final class IpCidrContainsFunction extends FlowFunction {
  /** The 16-byte forms of all IPv4 addresses. */
  private static final IpPrefix ALL_IPV4 = IpPrefix.parse("0.0.0.0/0");

  IpCidrContainsFunction() {
    super(
        new FunctionDoc(
            "ip_cidr_contains",
            "Whether the network contains the address. An address ::ffff:a.b.c.d counts as IPv4, and"
                + " no network contains addresses of the other family. A constant network is pushed"
                + " to the table as a range of addresses.",
            List.of(
                FunctionParameter.required(
                    "prefix",
                    DataTypes.StringType,
                    "10.0.0.0/8, 10.0.0.0/255.0.0.0, 2001:db8::/32 or one address; host bits do not"
                        + " matter"),
                FunctionParameter.required(
                    "addr",
                    DataTypes.BinaryType,
                    "address of 16 bytes in network order, IPv4 as ::ffff:a.b.c.d")),
            "Null if an argument is null. An error if the prefix is none.",
            List.of(
                new FunctionDoc.Example(
                    "ip_cidr_contains('10.0.0.0/8', ip_as_binary('10.1.2.3'))", "true"),
                new FunctionDoc.Example(
                    "ip_cidr_contains('10.0.0.0/8', ip_as_binary('11.1.2.3'))", "false"),
                new FunctionDoc.Example(
                    "ip_cidr_contains('2001:db8::/32', ip_as_binary('2001:db8::1'))", "true"),
                new FunctionDoc.Example(
                    "ip_cidr_contains('::/0', ip_as_binary('10.1.2.3'))", "false")),
            FlowFunctions.FIRST_VERSION));
  }

  @Override
  ScalarFunction<?> bind(int argumentCount) {
    return new OfPrefixAndAddress();
  }

  @Override
  Expression expression(List<Expression> arguments) {
    Expression call = super.expression(arguments);
    Expression addr = arguments.get(1);
    // The comparisons read the address twice or more: not where two readings may differ.
    if (!arguments.get(0).foldable()
        || !addr.deterministic()
        || !addr.dataType().equals(DataTypes.BinaryType)) {
      return call;
    }
    Object prefix = arguments.get(0).eval(InternalRow.empty());
    return prefix == null ? call : within(IpPrefix.parse(prefix.toString()), addr);
  }

  private static Expression within(IpPrefix prefix, Expression addr) {
    Expression inside = between(prefix, addr);
    boolean mayHoldIpv4 =
        prefix.ipVersion() == 6
            && IpAddress.compare(prefix.first(), ALL_IPV4.last()) <= 0
            && IpAddress.compare(ALL_IPV4.first(), prefix.last()) <= 0;
    return mayHoldIpv4 ? new And(inside, new Not(between(ALL_IPV4, addr))) : inside;
  }

  private static Expression between(IpPrefix prefix, Expression addr) {
    return new And(
        new GreaterThanOrEqual(addr, Literal.create(prefix.first(), DataTypes.BinaryType)),
        new LessThanOrEqual(addr, Literal.create(prefix.last(), DataTypes.BinaryType)));
  }

  /** The form for networks that are a column: reads the prefix for each row. */
  public static final class OfPrefixAndAddress extends NativeFunction<Boolean> {
    private static final long serialVersionUID = 1L;

    OfPrefixAndAddress() {
      super("ip_cidr_contains", DataTypes.BooleanType, DataTypes.StringType, DataTypes.BinaryType);
    }

    public static Boolean invoke(UTF8String prefix, byte[] addr) {
      if (prefix == null || addr == null) {
        return null;
      }
      return IpPrefix.parse(prefix.toString()).contains(addr, IpAddress.inferredVersion(addr));
    }
  }
}
