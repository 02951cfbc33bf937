package org.flowlake.jobs.filter;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowlake.jobs.filter.FilterNode.Term;
import org.flowlake.udfs.ip.IpAddress;
import org.flowlake.udfs.ip.IpPrefix;
import org.flowlake.udfs.ip.IpPrefixSet;

/** Reads the addresses, networks and host names of {@code ip} and {@code net} terms. */
final class AddressBinder {
  private static final int IPV4_PARTS = 4;

  /** As in nfdump, names are looked up only where they stand for the flow's own addresses. */
  private static final Set<Qualifier> RESOLVED =
      EnumSet.of(
          Qualifier.NONE,
          Qualifier.EITHER_SIDE,
          Qualifier.BOTH_SIDES,
          Qualifier.SRC,
          Qualifier.DST);

  private final HostResolver hosts;
  private final Map<String, List<IpPrefix>> resolved = new HashMap<>();

  AddressBinder(HostResolver hosts) {
    this.hosts = hosts;
  }

  IpPrefixSet bind(Term term) {
    boolean namesAllowed = RESOLVED.contains(term.form().qualifier());
    if (term.argument() instanceof Argument.AddressList list) {
      List<IpPrefix> prefixes = new ArrayList<>(list.addresses().size());
      for (Argument item : list.addresses()) {
        prefixes.addAll(prefixes(item, true));
      }
      return IpPrefixSet.of(prefixes);
    }
    return IpPrefixSet.of(prefixes(term.argument(), namesAllowed));
  }

  private List<IpPrefix> prefixes(Argument argument, boolean namesAllowed) {
    return argument instanceof Argument.Network network
        ? List.of(network(network))
        : address((Argument.Word) argument, namesAllowed);
  }

  private List<IpPrefix> address(Argument.Word word, boolean namesAllowed) {
    String text = word.text();
    if (!isHostName(text)) {
      try {
        return List.of(IpPrefix.of(IpAddress.parse(text)));
      } catch (IllegalArgumentException e) {
        throw new FilterValueException(e.getMessage(), word.span(), e);
      }
    }
    if (text.equalsIgnoreCase("tor")) {
      throw new FilterValueException(
          "'ip tor' is not supported; list the exit nodes: 'ip in [ @include FILE ]'", word.span());
    }
    if (!namesAllowed) {
      throw new FilterValueException(
          "'"
              + text
              + "' is no IP address; host names are looked up only for source and"
              + " destination",
          word.span());
    }
    List<IpPrefix> known = resolved.get(text);
    if (known == null) {
      known = lookUp(text, word.span());
      resolved.put(text, known);
    }
    return known;
  }

  private List<IpPrefix> lookUp(String host, SourceSpan span) {
    List<IpPrefix> found = new ArrayList<>();
    try {
      for (byte[] address : hosts.addresses(host)) {
        found.add(IpPrefix.of(ofNetworkBytes(address)));
      }
    } catch (UnknownHostException e) {
      throw new FilterValueException(
          "the host name '" + host + "' cannot be resolved to an address", span, e);
    }
    if (found.isEmpty()) {
      throw new FilterValueException("the host name '" + host + "' has no address", span);
    }
    return found;
  }

  private static IpAddress ofNetworkBytes(byte[] address) {
    if (address.length != IPV4_PARTS) {
      return IpAddress.of(address, 6);
    }
    int number = 0;
    for (byte octet : address) {
      number = number << 8 | (octet & 0xff);
    }
    return IpAddress.ofIpv4(number);
  }

  private static IpPrefix network(Argument.Network network) {
    try {
      IpAddress address = IpAddress.parse(completed(network));
      return network.dotted()
          ? IpPrefix.ofMask(address, IpAddress.parse(network.suffix()))
          : new IpPrefix(address, prefixLength(network));
    } catch (IllegalArgumentException e) {
      throw new FilterValueException(e.getMessage(), network.span(), e);
    }
  }

  private static int prefixLength(Argument.Network network) {
    long length = NumberText.value(network.suffix()).orElse(Integer.MAX_VALUE);
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  /** {@code 192.168/16} is 192.168.0.0/16, as in nfdump 1.7.1. */
  private static String completed(Argument.Network network) {
    String address = network.address();
    int parts = address.split("\\.", -1).length;
    boolean incomplete =
        !network.dotted() && parts < IPV4_PARTS && address.matches("[0-9]+(\\.[0-9]+)*");
    return incomplete ? address + ".0".repeat(IPV4_PARTS - parts) : address;
  }

  private static boolean isHostName(String text) {
    return text.indexOf(':') < 0 && text.chars().anyMatch(Character::isLetter);
  }
}
