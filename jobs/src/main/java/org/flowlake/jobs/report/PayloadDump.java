package org.flowlake.jobs.report;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes for people, as nfdump prints them. */
final class PayloadDump {
  private static final int ROW = 16;
  private static final int GAP = 8;

  private PayloadDump() {}

  /** The text, where there is nothing but printable ASCII before zeros; else a table. */
  static String of(byte[] bytes) {
    return text(bytes).orElseGet(() -> table(bytes));
  }

  /** Printable ASCII before zeros, and a line's end; empty where there is anything else. */
  static Optional<String> text(byte[] bytes) {
    int length = textLength(bytes);
    return length < 0
        ? Optional.empty()
        : Optional.of(new String(bytes, 0, length, StandardCharsets.US_ASCII) + '\n');
  }

  /** How many bytes of text there are; -1 where it is no text. */
  private static int textLength(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    for (int i = 0; i < length; i++) {
      if (!isPrintable(bytes[i]) && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
        return -1;
      }
    }
    return length;
  }

  private static boolean isPrintable(byte character) {
    return character >= ' ' && character <= '~';
  }

  /**
   * Offset, sixteen bytes, the same as characters. After a last row of sixteen nfdump begins one
   * more, with its offset only.
   */
  static String table(byte[] bytes) {
    StringBuilder out = new StringBuilder(5 * bytes.length);
    int row = 0;
    for (; row + ROW <= bytes.length; row += ROW) {
      row(bytes, row, ROW, out);
    }
    if (row < bytes.length) {
      row(bytes, row, bytes.length - row, out);
    } else {
      out.append(String.format("%08x ", row));
    }
    return out.toString();
  }

  private static void row(byte[] bytes, int start, int count, StringBuilder out) {
    out.append(String.format("%08x ", start));
    for (int i = 0; i < ROW; i++) {
      out.append(i < count ? String.format("%02X ", bytes[start + i]) : "   ");
      if (i + 1 == GAP || i + 1 == ROW) {
        out.append(' ');
      }
    }
    out.append("|  ");
    for (int i = start; i < start + count; i++) {
      out.append(isPrintable(bytes[i]) ? (char) bytes[i] : '.');
    }
    out.append(" \n");
  }
}
