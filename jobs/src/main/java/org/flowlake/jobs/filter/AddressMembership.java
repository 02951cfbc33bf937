package org.flowlake.jobs.filter;

import java.io.Serializable;
import org.flowlake.udfs.ip.IpAddress;
import org.flowlake.udfs.ip.IpPrefixSet;

/**
 * The set test that {@link FilterCompiler} puts into a plan for long address lists; public because
 * Spark's generated code calls it.
 */
public final class AddressMembership implements Serializable {
  private static final long serialVersionUID = 1L;

  private final IpPrefixSet addresses;

  AddressMembership(IpPrefixSet addresses) {
    this.addresses = addresses;
  }

  /** Whether the address of this IP version is in the set. */
  public boolean contains(byte[] address, int ipVersion) {
    return addresses.contains(address, ipVersion);
  }

  /** Whether the address is in the set, its family told from its bytes. */
  public boolean contains(byte[] address) {
    return addresses.contains(address, IpAddress.inferredVersion(address));
  }

  /** Short: plans print it. */
  @Override
  public String toString() {
    return addresses.size() + " address ranges";
  }
}
