package org.flowlake.jobs.report;

/** Builds one JSON object (RFC 8259) after another in the same buffer. Not for several threads. */
final class JsonObject {
  private static final String HEX = "0123456789abcdef";

  private final JsonLayout layout;
  private final StringBuilder out = new StringBuilder(1024);
  private int members;

  JsonObject(JsonLayout layout) {
    this.layout = layout;
  }

  /** Begins a new object in place of the last one. */
  JsonObject start() {
    out.setLength(0);
    out.append(layout.objectStart);
    members = 0;
    return this;
  }

  JsonObject number(String name, long value) {
    name(name).append(value);
    return this;
  }

  /** A number of 64 bits without a sign. */
  JsonObject unsigned(String name, long value) {
    name(name).append(Long.toUnsignedString(value));
    return this;
  }

  /** A number that is text already, such as one with decimals. */
  JsonObject literal(String name, String value) {
    name(name).append(value);
    return this;
  }

  JsonObject text(String name, String value) {
    name(name);
    quote(out, value);
    return this;
  }

  /** Ends the object. */
  CharSequence end() {
    return out.append(layout.objectEnd);
  }

  private StringBuilder name(String name) {
    if (members++ > 0) {
      out.append(layout.memberSeparator);
    }
    return out.append(layout.nameStart).append(name).append(layout.nameEnd);
  }

  /** A JSON string: quotation mark, backslash and control characters are escaped. */
  static StringBuilder quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      } else {
        out.append(c);
      }
    }
    return out.append('"');
  }
}
