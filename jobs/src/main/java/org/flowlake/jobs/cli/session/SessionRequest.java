package org.flowlake.jobs.cli.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client asks.
 *
 * @param verb what to do
 * @param folder absolute path of the client's working folder, which relative names start from
 * @param words the command and its options; empty unless something is to be run
 */
public record SessionRequest(Verb verb, String folder, List<String> words) {
  /** What a session can be asked to do. */
  public enum Verb {
    /** Run a command. */
    RUN,
    /** Tell of itself. */
    STATUS,
    /** Take no more commands, and end after those that run. */
    STOP
  }

  public SessionRequest {
    words = List.copyOf(words);
  }

  /** Verb, folder, number of words, words; each text as its length in bytes and UTF-8. */
  byte[] encoded() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(verb.ordinal());
    write(out, folder);
    out.writeInt(words.size());
    for (String word : words) {
      write(out, word);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws IOException if these bytes are no request
   */
  static SessionRequest decoded(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int verb = in.readUnsignedByte();
    if (verb >= Verb.values().length) {
      throw new IOException("Request of kind " + verb + "; known: 0 to " + Verb.STOP.ordinal());
    }
    String folder = read(in);
    int count = in.readInt();
    if (count < 0 || count > bytes.length) {
      throw new IOException(count + " words in a request of " + bytes.length + " bytes");
    }
    List<String> words = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      words.add(read(in));
    }
    return new SessionRequest(Verb.values()[verb], folder, words);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("Text of " + length + " bytes where " + in.available() + " are left");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
