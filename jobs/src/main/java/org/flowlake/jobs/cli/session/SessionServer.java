package org.flowlake.jobs.cli.session;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import jdk.net.ExtendedSocketOptions;

/**
 * A session that stays: it takes commands on a Unix domain socket until it has been idle for a
 * while, or is told to stop. The socket's folder is its owner's alone (0700), the socket too
 * (0600), and a peer of another user is refused. A lock file beside the socket keeps it one.
 */
public final class SessionServer implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int FAULT = 2;
  private static final String LOCK = ".lock";
  private static final Duration GIVE_UP = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 50;
  private static final long TICK_MILLIS = 500;

  /** A heap that has served a large question is given back after this while. */
  private static final Duration BEFORE_TIDYING = Duration.ofSeconds(20);

  private final Path socket;
  private final FileChannel lockFile;
  private final ServerSocketChannel listening;
  private final String owner;
  private final Duration idle;
  private final SessionCommands commands;
  private final long start = System.nanoTime();
  private final AtomicLong served = new AtomicLong();
  private int running;
  private boolean ending;
  private boolean tidy = true;
  private long lastUse = System.nanoTime();

  private SessionServer(
      Path socket, FileChannel lockFile, Duration idle, SessionCommands commands, String owner)
      throws IOException {
    this.socket = socket;
    this.lockFile = lockFile;
    this.idle = idle;
    this.commands = commands;
    this.owner = owner;
    Files.deleteIfExists(socket);
    this.listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
  }

  /**
   * Listens on a socket; empty if another session does.
   *
   * @param idle how long to stay without a command
   * @throws IOException if the socket's folder is open to others, or cannot be used
   */
  public static Optional<SessionServer> open(Path socket, Duration idle, SessionCommands commands)
      throws IOException {
    Path folder = socket.toAbsolutePath().getParent();
    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    if (!mode.equals("rwx------")) {
      throw new IOException(
          folder + " has mode " + mode + "; a session's folder must be rwx------: chmod 700");
    }
    FileChannel lockFile =
        FileChannel.open(
            folder.resolve(socket.getFileName() + LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (!locked(lockFile, socket)) {
      lockFile.close();
      return Optional.empty();
    }
    SessionServer server =
        new SessionServer(socket, lockFile, idle, commands, Files.getOwner(folder).getName());
    Thread acceptor = new Thread(server::acceptAll, "flowlake-session");
    acceptor.setDaemon(true);
    acceptor.start();
    return Optional.of(server);
  }

  /** The lock; where a session that ends still has it, that is waited for. */
  private static boolean locked(FileChannel lockFile, Path socket) throws IOException {
    long start = System.nanoTime();
    FileLock lock = lockFile.tryLock();
    while (lock == null && System.nanoTime() - start < GIVE_UP.toNanos()) {
      try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        return false;
      } catch (IOException endingOrStarting) {
        pause(PAUSE_MILLIS);
      }
      lock = lockFile.tryLock();
    }
    return lock != null;
  }

  /**
   * Returns when the session has ended: idle, told to stop, or no longer wanted.
   *
   * @param obsolete asked now and then while no command runs
   */
  public void awaitEnd(BooleanSupplier obsolete) {
    while (!isOver(obsolete)) {
      pause(TICK_MILLIS);
    }
  }

  private synchronized boolean isOver(BooleanSupplier obsolete) {
    if (running > 0) {
      return false;
    }
    long unused = System.nanoTime() - lastUse;
    if (!tidy && unused > BEFORE_TIDYING.toNanos()) {
      tidy = true;
      System.gc();
    }
    if (!ending && (unused > idle.toNanos() || obsolete.getAsBoolean())) {
      stopListening();
    }
    return ending;
  }

  private synchronized void stopListening() {
    if (ending) {
      return;
    }
    ending = true;
    try {
      Files.deleteIfExists(socket);
      listening.close();
      // Gives up the lock, so that the next session may start.
      lockFile.close();
    } catch (IOException e) {
      System.err.println("Cannot close " + socket + ": " + e.getMessage());
    }
  }

  /** Takes no more commands. */
  @Override
  public void close() {
    stopListening();
  }

  private void acceptAll() {
    try {
      while (true) {
        SocketChannel channel = listening.accept();
        if (begin()) {
          Thread thread = new Thread(() -> serve(channel), "flowlake-command");
          thread.setDaemon(true);
          thread.start();
        } else {
          channel.close();
        }
      }
    } catch (ClosedChannelException e) {
      // The session ends.
    } catch (IOException e) {
      System.err.println("Cannot listen on " + socket + ": " + e.getMessage());
      stopListening();
    }
  }

  private synchronized boolean begin() {
    if (!ending) {
      running++;
    }
    return !ending;
  }

  private synchronized void end() {
    running--;
    tidy = false;
    lastUse = System.nanoTime();
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      String peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
      if (!peer.equals(owner)) {
        throw new IOException("A peer of user " + peer + " is refused; owner: " + owner);
      }
      SessionWire wire = new SessionWire(channel);
      SessionWire.Frame frame = wire.read();
      // Another session that starts looks whether this one is there, and asks nothing.
      if (frame != null) {
        answer(wire, SessionRequest.decoded(frame.content()));
      }
    } catch (IOException e) {
      System.err.println(e);
    } finally {
      end();
    }
  }

  private void answer(SessionWire wire, SessionRequest request) throws IOException {
    PrintStream out = stream(wire, SessionWire.OUT, StandardCharsets.UTF_8);
    PrintStream err = stream(wire, SessionWire.ERR, Charset.defaultCharset());
    int status =
        switch (request.verb()) {
          case RUN -> run(wire, request, out, err);
          case STATUS -> {
            out.println(status());
            yield 0;
          }
          case STOP -> {
            stopListening();
            yield 0;
          }
        };
    out.flush();
    err.flush();
    wire.write(SessionWire.EXIT, ByteBuffer.allocate(Integer.BYTES).putInt(status).array());
  }

  private static PrintStream stream(SessionWire wire, byte kind, Charset charset) {
    return new PrintStream(
        new BufferedOutputStream(wire.stream(kind), BUFFER_BYTES), false, charset);
  }

  private int run(SessionWire wire, SessionRequest request, PrintStream out, PrintStream err) {
    String id = "command-" + served.incrementAndGet();
    Thread watch = new Thread(() -> cancelWhenLeft(wire, id), "flowlake-watch");
    watch.setDaemon(true);
    watch.start();
    try {
      return commands.run(id, Path.of(request.folder()), out, err, request.words());
    } catch (RuntimeException | StackOverflowError e) {
      err.println("Internal error: " + e);
      e.printStackTrace();
      return FAULT;
    }
  }

  /** A client sends nothing after its request, so the next thing to come is its end. */
  private void cancelWhenLeft(SessionWire wire, String id) {
    try {
      wire.read();
    } catch (IOException e) {
      // Closed here, after the answer, or by a client that broke off.
    }
    commands.cancel(id);
  }

  private synchronized String status() {
    Runtime heap = Runtime.getRuntime();
    return "process %d, up %d s, %d commands, heap %d MB, ends after %d s without a command"
        .formatted(
            ProcessHandle.current().pid(),
            (System.nanoTime() - start) / 1_000_000_000,
            served.get(),
            heap.totalMemory() >> 20,
            idle.toSeconds());
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }
}
