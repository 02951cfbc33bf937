package org.flowlake.jobs.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SessionServerTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private Path socket;
  private final Words commands = new Words();
  private Optional<SessionServer> server = Optional.empty();

  /** {@code say TEXT}, {@code fail STATUS}, {@code wait} until cancelled. */
  private static final class Words implements SessionCommands {
    private final ConcurrentHashMap<String, CountDownLatch> waiting = new ConcurrentHashMap<>();
    private final CountDownLatch waits = new CountDownLatch(1);

    @Override
    public int run(String id, Path folder, PrintStream out, PrintStream err, List<String> words) {
      switch (words.get(0)) {
        case "say" -> out.println(folder + " says " + words.get(1));
        case "fail" -> {
          out.print("half");
          err.print("no more");
          return Integer.parseInt(words.get(1));
        }
        case "much" -> out.print("x".repeat(10_000_000));
        case "break" -> throw new IllegalStateException("broken");
        default -> {
          CountDownLatch cancelled = waiting.computeIfAbsent(id, key -> new CountDownLatch(1));
          waits.countDown();
          try {
            return cancelled.await(30, TimeUnit.SECONDS) ? 1 : 3;
          } catch (InterruptedException e) {
            return 3;
          }
        }
      }
      return 0;
    }

    @Override
    public void cancel(String id) {
      waiting.computeIfAbsent(id, key -> new CountDownLatch(1)).countDown();
    }
  }

  private record Answer(String out, String err, int status) {}

  @BeforeEach
  void openFolder() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    socket = folder.resolve("s.sock");
  }

  @AfterEach
  void close() {
    server.ifPresent(SessionServer::close);
  }

  @Test
  void outputAndExitStatusComeBack() throws IOException {
    open(LONG);

    assertThat(ask("say", "grüezi mitenand"))
        .isEqualTo(new Answer("/here says grüezi mitenand\n", "", 0));
    assertThat(ask("fail", "254")).isEqualTo(new Answer("half", "no more", 254));
    assertThat(ask("much").out()).hasSize(10_000_000);
  }

  @Test
  void commandThatBreaksDoesNotEndTheSession() throws IOException {
    open(LONG);

    Answer broken = ask("break");

    assertThat(broken.status()).isEqualTo(2);
    assertThat(broken.err()).contains("Internal error").contains("broken");
    assertThat(ask("say", "on").status()).isZero();
  }

  @Test
  void clientThatLeavesCancelsItsCommandOnly() throws Exception {
    open(LONG);
    SocketChannel leaving = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    request(new SessionWire(leaving), "wait");
    assertThat(commands.waits.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(ask("say", "beside").status()).isZero();
    assertThat(commands.waiting.get("command-1").getCount()).isEqualTo(1);
    leaving.close();

    assertThat(commands.waiting.get("command-1").await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void onlyTheOwnerMayEnter() throws IOException {
    open(LONG);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));
    assertThatThrownBy(() -> SessionServer.open(open.resolve("s.sock"), LONG, commands))
        .isInstanceOf(IOException.class)
        .hasMessage(open + " has mode rwxr-x---; a session's folder must be rwx------: chmod 700");
  }

  @Test
  void whatIsNoRequestIsRefused() throws IOException {
    open(LONG);
    for (byte[] bytes : List.of(new byte[] {9}, new byte[] {0, 0, 0, 1, 0}, new byte[0])) {
      assertThatThrownBy(() -> SessionRequest.decoded(bytes)).isInstanceOf(IOException.class);
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        SessionWire wire = new SessionWire(channel);
        wire.write(SessionWire.REQUEST, bytes);
        assertThat(wire.read()).isNull();
      }
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(new byte[] {'r', 0x7F, 0, 0, 0}));
      assertThat(new SessionWire(channel).read()).isNull();
    }
    assertThat(ask("say", "on").status()).isZero();
  }

  @Test
  void idleSessionEnds() throws IOException {
    open(Duration.ofMillis(100));

    server.orElseThrow().awaitEnd(() -> false);

    assertThat(socket).doesNotExist();
    open(LONG);
    assertThat(ask("say", "again").status()).isZero();
  }

  @Test
  void sessionOfAnotherProgramEnds() throws IOException {
    open(LONG);

    server.orElseThrow().awaitEnd(() -> true);

    assertThat(socket).doesNotExist();
  }

  @Test
  void stoppedSessionTakesNothingMore() throws IOException {
    open(LONG);

    assertThat(ask(SessionRequest.Verb.STATUS).out()).contains("ends after 300 s");
    assertThat(ask(SessionRequest.Verb.STOP).status()).isZero();

    server.orElseThrow().awaitEnd(() -> false);
    assertThatThrownBy(() -> SocketChannel.open(UnixDomainSocketAddress.of(socket)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void socketThatADeadSessionLeftIsReplaced() throws IOException {
    Files.createFile(socket);

    open(LONG);

    assertThat(ask("say", "here").status()).isZero();
  }

  private void open(Duration idle) throws IOException {
    server = SessionServer.open(socket, idle, commands);
    assertThat(server).isPresent();
  }

  private Answer ask(String... words) throws IOException {
    return ask(SessionRequest.Verb.RUN, words);
  }

  private Answer ask(SessionRequest.Verb verb, String... words) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      SessionWire wire = new SessionWire(channel);
      request(wire, verb, words);
      StringBuilder out = new StringBuilder();
      StringBuilder err = new StringBuilder();
      for (SessionWire.Frame frame = wire.read(); frame != null; frame = wire.read()) {
        if (frame.kind() == SessionWire.EXIT) {
          return new Answer(
              out.toString(), err.toString(), ByteBuffer.wrap(frame.content()).getInt());
        }
        (frame.kind() == SessionWire.OUT ? out : err)
            .append(new String(frame.content(), StandardCharsets.UTF_8));
      }
      throw new IOException("No exit status came");
    }
  }

  private static void request(SessionWire wire, String... words) throws IOException {
    request(wire, SessionRequest.Verb.RUN, words);
  }

  private static void request(SessionWire wire, SessionRequest.Verb verb, String... words)
      throws IOException {
    wire.write(
        SessionWire.REQUEST, new SessionRequest(verb, "/here", Arrays.asList(words)).encoded());
  }
}
