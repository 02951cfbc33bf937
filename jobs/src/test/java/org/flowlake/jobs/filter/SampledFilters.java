package org.flowlake.jobs.filter;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.udfs.flow.MacAddress;
import org.flowlake.udfs.flow.TcpFlags;
import org.flowlake.udfs.ip.IpAddress;
import org.flowlake.udfs.ip.IpPrefix;

/**
 * Filters whose values are taken from the flows they will be asked of, so that they match some of
 * them: for comparison with nfdump.
 */
final class SampledFilters {
  private static final String[] COMPARISONS = {"", "=", ">", "<", ">=", "<="};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final Random random;
  private final DecodedFlows flows;
  private final List<TermForm> forms;

  /**
   * @param primitives those that the nfdump at hand takes as we do
   * @param groups what they may read
   */
  SampledFilters(
      Random random,
      DecodedFlows flows,
      Set<FilterPrimitive> primitives,
      Set<FlowFieldGroup> groups) {
    this.random = random;
    this.flows = flows;
    this.forms =
        primitives.stream()
            .flatMap(primitive -> primitive.phrases().stream())
            .map(java.util.Map.Entry::getValue)
            .filter(form -> form.qualifier() != Qualifier.BOTH_SIDES)
            .filter(form -> form.qualifier() != Qualifier.EITHER_SIDE)
            .filter(
                form ->
                    form.operands().stream()
                        .flatMap(operand -> operand.fields().stream())
                        .allMatch(field -> groups.contains(field.group())))
            .distinct()
            .toList();
  }

  String filter() {
    return filter(3);
  }

  private String filter(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(6);
    return switch (kind) {
      case 0, 1 -> term();
      case 2 -> "not " + term();
      case 3 -> "not (" + filter(depth - 1) + ")";
      case 4 -> "(" + filter(depth - 1) + ") and " + filter(depth - 1);
      default -> filter(depth - 1) + " or (" + filter(depth - 1) + ")";
    };
  }

  private String term() {
    for (int attempt = 0; attempt < 200; attempt++) {
      TermForm form = forms.get(random.nextInt(forms.size()));
      String argument = argument(form, flows.at(random.nextInt(flows.size())));
      if (argument != null) {
        return (form.words() + " " + argument).strip();
      }
    }
    return "any";
  }

  /** An argument that fits the flow, or null where the flow has nothing that this term reads. */
  private String argument(TermForm form, FlowValues flow) {
    FilterPrimitive primitive = form.primitive();
    if (primitive.argument() == ArgumentKind.NOTHING) {
      return "";
    }
    FlowNumber operand = form.operands().get(random.nextInt(form.operands().size()));
    if (operand.fields().stream().anyMatch(flow::isNull)) {
      return null;
    }
    return switch (primitive.argument()) {
      case ADDRESS ->
          random.nextInt(3) == 0 ? "in [" + addresses(operand) + "]" : address(operand, flow);
      case NETWORK -> network(operand, flow);
      case TEXT, PATTERN -> text(operand, flow);
      case MAC ->
          FlowTests.number(flow, operand) == 0
              ? null
              : MacAddress.text(FlowTests.number(flow, operand));
      case TIME ->
          comparison()
              + " "
              + TIME.format(
                  Instant.ofEpochMilli(Math.floorDiv(FlowTests.number(flow, operand), 1000L)));
      case NAME -> name(primitive, FlowTests.number(flow, operand));
      case NUMBER, CODE -> number(primitive, FlowTests.number(flow, operand));
      case FLAGS -> flags((int) FlowTests.number(flow, operand));
      default -> comparedNumber(primitive, operand, flow);
    };
  }

  private String comparison() {
    return COMPARISONS[random.nextInt(COMPARISONS.length)];
  }

  private static String number(FilterPrimitive primitive, long value) {
    return value < 0 || value > primitive.largest() ? null : Long.toString(value);
  }

  private String comparedNumber(FilterPrimitive primitive, FlowNumber operand, FlowValues flow) {
    String number = number(primitive, FlowTests.number(flow, operand));
    if (number != null && primitive.takesLists() && random.nextInt(3) == 0) {
      StringBuilder list = new StringBuilder(number);
      for (int i = random.nextInt(30); i > 0; i--) {
        flows.at(random.nextInt(flows.size()));
        if (operand.fields().stream().noneMatch(flows::isNull)) {
          list.append(random.nextBoolean() ? "," : " ").append(FlowTests.number(flows, operand));
        }
      }
      return "in [" + list + "]";
    }
    return number == null ? null : comparison() + " " + number;
  }

  private static String name(FilterPrimitive primitive, long value) {
    return primitive.names().names().stream()
        .filter(name -> primitive.names().number(name).orElse(-1) == value)
        .findFirst()
        .map(name -> "'" + name + "'")
        .orElse(null);
  }

  private String flags(int flags) {
    if (random.nextInt(3) == 0) {
      return comparison() + " " + flags;
    }
    String letters = TcpFlags.text(flags).replace(".", "");
    if (letters.isEmpty()) {
      return null;
    }
    return random.nextInt(3) == 0
        ? "=" + letters
        : letters.substring(random.nextInt(letters.length()));
  }

  private static String text(FlowNumber operand, FlowValues flow) {
    StringBuilder text = new StringBuilder();
    for (byte b : flow.bytes(operand.fields().get(0))) {
      boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == ' ';
      if (!plain || text.length() == 6) {
        break;
      }
      text.append((char) b);
    }
    return text.length() < 2 ? null : "'" + text + "'";
  }

  private String address(FlowNumber operand, FlowValues flow) {
    return read(operand, flow).toString();
  }

  private String addresses(FlowNumber operand) {
    List<String> items = new ArrayList<>();
    for (int i = 1 + random.nextInt(30); i > 0; i--) {
      flows.at(random.nextInt(flows.size()));
      if (operand.fields().stream().noneMatch(flows::isNull)) {
        items.add(address(operand, flows));
      }
    }
    return items.isEmpty() ? "10.1.2.3" : String.join(random.nextBoolean() ? "," : " ", items);
  }

  private String network(FlowNumber operand, FlowValues flow) {
    IpAddress address = read(operand, flow);
    int length = address.ipVersion() == 4 ? random.nextInt(33) : 1 + random.nextInt(128);
    IpPrefix network = new IpPrefix(address, length);
    // nfdump 1.7.1 takes ::a.b.c.d for a.b.c.d, and so finds ::1 in 0.0.0.0/4.
    boolean holdsZero = network.range().first().toString().matches("0\\.0\\.0\\.0|::");
    return (holdsZero ? IpPrefix.of(address) : network).toString();
  }

  private static IpAddress read(FlowNumber operand, FlowValues flow) {
    FlowField field = operand.fields().get(0);
    byte[] bytes = flow.bytes(field);
    int version =
        AddressFamily.versionOf(field)
            .map(versionField -> (int) flow.number(versionField))
            .orElseGet(() -> IpAddress.inferredVersion(bytes));
    return IpAddress.of(bytes, version);
  }
}
