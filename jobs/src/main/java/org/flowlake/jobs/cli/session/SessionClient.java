package org.flowlake.jobs.cli.session;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;

/**
 * Asks the session behind a socket, and ends with the exit status that it answers. When this
 * process is ended, the session sees the closed socket and cancels the command.
 *
 * <p>Started for every question, so kept to few classes of the JDK: no lambda, no formatting.
 */
public final class SessionClient {
  /** Exit status where no session took the request: nothing has been printed or done. */
  static final int NOT_TAKEN = 75;

  private static final int BROKEN = 2;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long PAUSE_MILLIS = 10;

  private SessionClient() {}

  /** {@code SOCKET PID run|status|stop WORD…}; PID: the session being started, 0 if none is. */
  public static void main(String[] args) throws IOException, InterruptedException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(args[0]);
    long starting = Long.parseLong(args[1]);
    SessionRequest.Verb verb = verb(args[2]);
    List<String> words = Arrays.asList(args).subList(3, args.length);
    SocketChannel channel = starting == 0 ? connect(address) : awaited(address, starting);
    if (channel == null) {
      System.exit(NOT_TAKEN);
    }
    try (channel) {
      SessionWire wire = new SessionWire(channel);
      System.exit(ask(wire, new SessionRequest(verb, System.getProperty("user.dir"), words)));
    }
  }

  private static SessionRequest.Verb verb(String name) {
    for (SessionRequest.Verb verb : SessionRequest.Verb.values()) {
      if (verb.name().equalsIgnoreCase(name)) {
        return verb;
      }
    }
    throw new IllegalArgumentException("Nothing to ask a session: " + name);
  }

  /** Null where nobody listens. */
  private static SocketChannel connect(UnixDomainSocketAddress address) {
    try {
      return SocketChannel.open(address);
    } catch (IOException e) {
      return null;
    }
  }

  /** Waits for a session that is being started; null if its process ends without listening. */
  private static SocketChannel awaited(UnixDomainSocketAddress address, long process)
      throws InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE_NANOS) {
      boolean lives = ProcessHandle.of(process).isPresent();
      SocketChannel channel = connect(address);
      if (channel != null || !lives) {
        return channel;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return null;
  }

  private static int ask(SessionWire wire, SessionRequest request) throws IOException {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    boolean answered = false;
    try {
      wire.write(SessionWire.REQUEST, request.encoded());
      for (SessionWire.Frame frame = wire.read(); frame != null; frame = wire.read()) {
        answered = true;
        switch (frame.kind()) {
          case SessionWire.OUT -> {
            if (!printed(out, frame.content())) {
              return 0;
            }
          }
          case SessionWire.ERR -> System.err.write(frame.content());
          case SessionWire.EXIT -> {
            return ByteBuffer.wrap(frame.content()).getInt();
          }
          default -> throw new EOFException("Frame of unknown kind " + frame.kind());
        }
      }
    } catch (IOException e) {
      if (answered) {
        System.err.println("flowlake: " + e.getMessage());
      }
    }
    if (!answered) {
      return NOT_TAKEN;
    }
    System.err.println("flowlake: the resident session ended before the command did");
    return BROKEN;
  }

  /** A reader that has gone, as {@code head} does, wants no more: that is no failure. */
  private static boolean printed(FileOutputStream out, byte[] content) {
    try {
      out.write(content);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
