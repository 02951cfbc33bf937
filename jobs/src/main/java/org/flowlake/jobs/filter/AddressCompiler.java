package org.flowlake.jobs.filter;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.rows.NativeCall;
import org.flowlake.udfs.ip.IpAddress;
import org.flowlake.udfs.ip.IpPrefix;
import org.flowlake.udfs.ip.IpPrefixSet;
import org.flowlake.udfs.ip.IpRange;

/**
 * Compiles tests on address columns. A network is one range of the 16-byte column, a host one
 * value; more than {@link #MOST_RANGES} become one set test between pushed bounds.
 *
 * <p>IPv4 tests also ask for {@code ip_version = 4}, because an IPv6 flow may carry the address
 * {@code ::ffff:a.b.c.d}. IPv6 tests ask for the version only where their ranges reach into that
 * block: no IPv4 flow has bytes outside it.
 */
final class AddressCompiler {
  /** 300 OR-ed ranges took 38 s where a set took about one (DESIGN.md, decision 5). */
  static final int MOST_RANGES = 20;

  private static final IpPrefix MAPPED = IpPrefix.parse("::ffff:0:0/96");

  Condition compile(BoundFilter.AddressIn test, boolean negated) {
    FlowField version = AddressFamily.versionOf(test.field()).orElse(null);
    Column address = LeafCompiler.column(test.field());
    if (test.addresses().size() > MOST_RANGES) {
      return negated
          ? Condition.computed(missing(address, version).or(functions.not(member(test, version))))
          : Condition.computed(bounds(test, version), member(test, version));
    }
    List<Condition> families = new ArrayList<>();
    for (int family : List.of(4, 6)) {
      List<IpRange> ranges = ranges(test.addresses(), family, version);
      if (!ranges.isEmpty()) {
        families.add(Condition.of(family(test.field(), version, family, ranges, negated)));
      }
    }
    return negated ? Condition.and(families) : Condition.or(families);
  }

  /** The ranges of a family; without a version column, IPv6 ranges leave out the IPv4 block. */
  private static List<IpRange> ranges(IpPrefixSet addresses, int family, FlowField version) {
    List<IpRange> ranges = addresses.ranges(family);
    if (family == 4 || version != null) {
      return ranges;
    }
    return ranges.stream().flatMap(range -> withoutMapped(range).stream()).toList();
  }

  private static List<IpRange> withoutMapped(IpRange range) {
    if (!reachesMapped(range)) {
      return List.of(range);
    }
    List<IpRange> parts = new ArrayList<>();
    if (range.first().compareTo(MAPPED.address()) < 0) {
      parts.add(new IpRange(range.first(), IpAddress.parse("::fffe:ffff:ffff")));
    }
    if (range.last().compareTo(MAPPED.range().last()) > 0) {
      parts.add(new IpRange(IpAddress.parse("::1:0:0:0"), range.last()));
    }
    return parts;
  }

  private static boolean reachesMapped(IpRange range) {
    return range.ipVersion() == 6
        && range.first().compareTo(MAPPED.range().last()) <= 0
        && range.last().compareTo(MAPPED.address()) >= 0;
  }

  private static Column family(
      FlowField field, FlowField version, int family, List<IpRange> ranges, boolean negated) {
    Column address = LeafCompiler.column(field);
    boolean guarded =
        version != null
            && (family == 4 || ranges.stream().anyMatch(AddressCompiler::reachesMapped));
    Column test = inRanges(address, ranges, negated);
    if (negated) {
      Column outside = address.isNull().or(test);
      return guarded ? isOther(LeafCompiler.column(version), family).or(outside) : outside;
    }
    return guarded ? LeafCompiler.column(version).equalTo(family).and(test) : test;
  }

  /** Two comparisons and not {@code <>}, by which Iceberg skips nothing. */
  private static Column isOther(Column version, int family) {
    return version.isNull().or(version.lt(family)).or(version.gt(family));
  }

  private static Column inRanges(Column address, List<IpRange> ranges, boolean negated) {
    List<Condition> tests = new ArrayList<>();
    List<byte[]> singles = new ArrayList<>();
    for (IpRange range : ranges) {
      if (range.isSingle()) {
        singles.add(range.first().toBytes());
      } else {
        byte[] first = range.first().toBytes();
        byte[] last = range.last().toBytes();
        tests.add(
            Condition.of(
                negated
                    ? address.lt(first).or(address.gt(last))
                    : address.geq(first).and(address.leq(last))));
      }
    }
    if (singles.size() == 1) {
      byte[] only = singles.get(0);
      tests.add(Condition.of(negated ? address.notEqual(only) : address.equalTo(only)));
    } else if (!singles.isEmpty()) {
      Column in = address.isin(singles.toArray());
      tests.add(Condition.of(LeafCompiler.notIf(negated, in)));
    }
    return (negated ? Condition.and(tests) : Condition.or(tests)).toColumn();
  }

  private static Column missing(Column address, FlowField version) {
    Column missing = address.isNull();
    return version == null ? missing : missing.or(LeafCompiler.column(version).isNull());
  }

  private static Column member(BoundFilter.AddressIn test, FlowField version) {
    List<Column> arguments = new ArrayList<>();
    arguments.add(LeafCompiler.column(test.field()));
    if (version != null) {
      arguments.add(LeafCompiler.column(version));
    }
    return NativeCall.on(
        new AddressMembership(test.addresses()), "contains", DataTypes.BooleanType, arguments);
  }

  /** From the lowest to the highest address of each family: what files can be skipped by. */
  private static Column bounds(BoundFilter.AddressIn test, FlowField version) {
    List<Condition> families = new ArrayList<>();
    for (int family : List.of(4, 6)) {
      List<IpRange> ranges = ranges(test.addresses(), family, version);
      if (!ranges.isEmpty()) {
        IpRange hull = new IpRange(ranges.get(0).first(), ranges.get(ranges.size() - 1).last());
        families.add(Condition.of(family(test.field(), version, family, List.of(hull), false)));
      }
    }
    return Condition.or(families).toColumn();
  }
}
