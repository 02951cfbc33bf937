package org.flowlake.udfs.payload;

import java.nio.charset.StandardCharsets;

/** Reads big-endian numbers one after the other, never past the end of its part of the bytes. */
final class PayloadReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  PayloadReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  int position() {
    return position;
  }

  int remaining() {
    return end - position;
  }

  int u8() throws MalformedPayloadException {
    need(1);
    return bytes[position++] & 0xFF;
  }

  int u16() throws MalformedPayloadException {
    return u8() << 8 | u8();
  }

  int u24() throws MalformedPayloadException {
    return u16() << 8 | u8();
  }

  long u32() throws MalformedPayloadException {
    return (long) u16() << 16 | u16();
  }

  void skip(int count) throws MalformedPayloadException {
    need(count);
    position += count;
  }

  /** The next bytes, as a reader of their own; this one goes on behind them. */
  PayloadReader part(int count) throws MalformedPayloadException {
    need(count);
    PayloadReader part = new PayloadReader(bytes, position, position + count);
    position += count;
    return part;
  }

  byte[] bytes(int count) throws MalformedPayloadException {
    need(count);
    byte[] copy = new byte[count];
    System.arraycopy(bytes, position, copy, 0, count);
    position += count;
    return copy;
  }

  /** Text of printable ASCII; what a terminal might take for a command becomes a dot. */
  String text(int count) throws MalformedPayloadException {
    byte[] text = bytes(count);
    for (int i = 0; i < text.length; i++) {
      if (text[i] < ' ' || text[i] > '~') {
        text[i] = '.';
      }
    }
    return new String(text, StandardCharsets.US_ASCII);
  }

  private void need(int count) throws MalformedPayloadException {
    if (count < 0 || count > end - position) {
      throw new MalformedPayloadException(count + " bytes expected at " + position);
    }
  }
}
