package org.flowlake.udfs.ip;

import java.io.Serializable;

/**
 * The addresses of one family from first to last, both included.
 *
 * @param first the lowest address
 * @param last the highest address, of the same IP version and not below the first
 */
public record IpRange(IpAddress first, IpAddress last) implements Serializable {

  public IpRange {
    if (first.ipVersion() != last.ipVersion() || first.compareTo(last) > 0) {
      throw new IllegalArgumentException(
          "Not a range: "
              + first
              + " to "
              + last
              + "; expected two addresses of one family, the lower one first");
    }
  }

  /** 4 or 6. */
  public int ipVersion() {
    return first.ipVersion();
  }

  /** Whether the range is one address. */
  public boolean isSingle() {
    return first.equals(last);
  }

  /** {@code first-last}. */
  @Override
  public String toString() {
    return first + "-" + last;
  }
}
