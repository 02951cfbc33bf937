package org.flowlake.jobs.filter;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Looks host names up, once per filter and only where the filter is bound (the driver). */
@FunctionalInterface
public interface HostResolver {

  /**
   * All addresses of a host: 4 bytes for IPv4, 16 for IPv6, network order.
   *
   * @throws UnknownHostException if the name has none
   */
  List<byte[]> addresses(String hostName) throws UnknownHostException;

  /** The resolver of this machine. */
  static HostResolver system() {
    return name ->
        Arrays.stream(InetAddress.getAllByName(name)).map(InetAddress::getAddress).toList();
  }
}
