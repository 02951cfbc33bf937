package org.flowlake.jobs.report;

import org.flowlake.udfs.ip.IpAddress;

/** Whether long IPv6 addresses are shortened to fit their column, or shown in full ({@code -6}). */
public enum AddressWidth {
  /** 16 characters: a longer address keeps its first and last seven, {@code 2001:62..e0:fed5}. */
  SHORT(16),
  /** 39 characters. */
  LONG(39);

  private static final int KEPT = 7;

  private final int columns;

  AddressWidth(int columns) {
    this.columns = columns;
  }

  /** Characters of an address column. */
  public int columns() {
    return columns;
  }

  /** The address's text. */
  public String text(byte[] address, int ipVersion) {
    String text = IpAddress.text(address, ipVersion);
    return this == SHORT ? condense(text) : text;
  }

  private static String condense(String text) {
    return text.length() <= SHORT.columns
        ? text
        : text.substring(0, KEPT) + ".." + text.substring(text.length() - KEPT);
  }
}
