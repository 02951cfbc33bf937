package org.flowlake.jobs.cli.session;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * Frames on a socket: kind (1 byte), length of the content (4 bytes, big-endian), content. The
 * client sends one request; the session answers with any number of pieces of output and one exit
 * status. Frames of several threads do not mix.
 */
final class SessionWire {
  static final byte REQUEST = 'r';
  static final byte OUT = 'o';
  static final byte ERR = 'e';
  static final byte EXIT = 'x';

  private static final int HEAD_BYTES = 5;

  /** Command lines end at 2 MB on Linux; output comes in smaller pieces. */
  private static final int MOST_BYTES = 4 << 20;

  private final SocketChannel channel;

  SessionWire(SocketChannel channel) {
    this.channel = channel;
  }

  /** One frame. */
  record Frame(byte kind, byte[] content) {}

  synchronized void write(byte kind, byte[] content, int offset, int length) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + length);
    frame.put(kind).putInt(length).put(content, offset, length).flip();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  void write(byte kind, byte[] content) throws IOException {
    write(kind, content, 0, content.length);
  }

  /** A stream whose writes are frames of this kind. */
  OutputStream stream(byte kind) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        SessionWire.this.write(kind, bytes, offset, length);
      }
    };
  }

  /**
   * The next frame; null where the other end has closed between frames.
   *
   * @throws EOFException if it has closed within one
   */
  Frame read() throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    if (!fill(head)) {
      return null;
    }
    byte kind = head.get();
    int length = head.getInt();
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException("Frame of " + length + " bytes; expected 0 to " + MOST_BYTES);
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    if (!fill(content) && length > 0) {
      throw new EOFException("The other end closed within a frame");
    }
    return new Frame(kind, Arrays.copyOf(content.array(), length));
  }

  /** Fills the buffer and turns it for reading; false if not a single byte came. */
  private boolean fill(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        if (buffer.position() == 0) {
          return false;
        }
        throw new EOFException("The other end closed within a frame");
      }
    }
    buffer.flip();
    return true;
  }
}
