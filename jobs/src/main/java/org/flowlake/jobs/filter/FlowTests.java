package org.flowlake.jobs.filter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.flow.FlowRates;
import org.flowlake.udfs.ip.IpAddress;

/** Decides single tests of a bound filter for one flow. */
final class FlowTests {
  private static final int MICROS_PER_MILLI = 1000;

  private FlowTests() {}

  /** Whether the flow passes; false where it lacks a field that the test reads. */
  static boolean holds(BoundFilter test, FlowValues flow) {
    if (test instanceof BoundFilter.Constant constant) {
      return constant.matches();
    } else if (test instanceof BoundFilter.Present present) {
      return !flow.isNull(present.field());
    } else if (test instanceof BoundFilter.Compare compare) {
      return has(flow, compare.number()) && holds(compare, number(flow, compare.number()));
    } else if (test instanceof BoundFilter.OneOf oneOf) {
      return has(flow, oneOf.number()) && oneOf.values().contains(number(flow, oneOf.number()));
    } else if (test instanceof BoundFilter.CompareFields fields) {
      return !flow.isNull(fields.left())
          && !flow.isNull(fields.right())
          && fields.comparison().holds(flow.number(fields.left()), flow.number(fields.right()));
    } else if (test instanceof BoundFilter.AddressIn in) {
      return !flow.isNull(in.field()) && contains(in, flow);
    } else if (test instanceof BoundFilter.TextIs text) {
      return !flow.isNull(text.field())
          && text.text().equals(new String(flow.bytes(text.field()), StandardCharsets.UTF_8));
    } else if (test instanceof BoundFilter.Contains contains) {
      return !flow.isNull(contains.field())
          && latin1(flow, contains.field()).contains(contains.text());
    } else if (test instanceof BoundFilter.Matches matches) {
      return !flow.isNull(matches.field())
          && matches.expression().matcher(latin1(flow, matches.field())).find();
    } else if (test instanceof BoundFilter.IdentIs ident) {
      throw new UnsupportedOperationException(
          "nobody has said yet which raw files have the ident '" + ident.ident() + "'");
    }
    if (test instanceof BoundFilter.Derived derived) {
      return hasAll(flow, derived.value().fields()) && finds(derived, flow);
    }
    throw new AssertionError("no single test: " + test.getClass());
  }

  /** Figures are unsigned: a flow that ends before it begins lasted very long. */
  private static boolean holds(BoundFilter.Compare compare, long number) {
    return compare.number() instanceof FlowNumber.Rate
        ? compare.comparison().holds(Long.compareUnsigned(number, compare.value()), 0)
        : compare.comparison().holds(number, compare.value());
  }

  private static boolean finds(BoundFilter.Derived derived, FlowValues flow) {
    for (String found : derived.value().texts(flow)) {
      if (derived.test().holds(found, derived.text())) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(BoundFilter.AddressIn in, FlowValues flow) {
    byte[] address = flow.bytes(in.field());
    FlowField version = AddressFamily.versionOf(in.field()).orElse(null);
    if (version == null) {
      return in.addresses().contains(address, IpAddress.inferredVersion(address));
    }
    return !flow.isNull(version) && in.addresses().contains(address, (int) flow.number(version));
  }

  private static String latin1(FlowValues flow, FlowField field) {
    return new String(flow.bytes(field), StandardCharsets.ISO_8859_1);
  }

  private static boolean has(FlowValues flow, FlowNumber number) {
    return hasAll(flow, number.fields());
  }

  private static boolean hasAll(FlowValues flow, List<FlowField> fields) {
    for (FlowField field : fields) {
      if (flow.isNull(field)) {
        return false;
      }
    }
    return true;
  }

  /** The number; all its fields are there. */
  static long number(FlowValues flow, FlowNumber number) {
    if (number instanceof FlowNumber.Stored stored) {
      return flow.number(stored.field());
    } else if (number instanceof FlowNumber.Bits bits) {
      return bits.of(flow.number(bits.field()));
    } else if (number instanceof FlowNumber.Place) {
      return flow.runningNumber();
    }
    return switch ((FlowNumber.Rate) number) {
      case DURATION_MILLIS -> durationMillis(flow);
      case PACKETS_PER_SECOND ->
          FlowRates.packetsPerSecond(flow.number(FlowField.IN_PACKETS), durationMillis(flow));
      case BITS_PER_SECOND ->
          FlowRates.bitsPerSecond(flow.number(FlowField.IN_BYTES), durationMillis(flow));
      case BYTES_PER_PACKET ->
          FlowRates.bytesPerPacket(
              flow.number(FlowField.IN_BYTES), flow.number(FlowField.IN_PACKETS));
    };
  }

  private static long durationMillis(FlowValues flow) {
    return Math.floorDiv(flow.number(FlowField.LAST_SEEN), MICROS_PER_MILLI)
        - Math.floorDiv(flow.number(FlowField.FIRST_SEEN), MICROS_PER_MILLI);
  }
}
