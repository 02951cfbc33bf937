package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowlake.jobs.SampleArchive;
import org.flowlake.jobs.TutorialFigures;
import org.flowlake.jobs.cli.session.SessionClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session in a process of its own, asked by clients in others, as the launcher does it. */
@Timeout(300)
class ResidentSessionTest {
  private static final String Q1_FILTER = "not dst net 10.0.0.0/8";

  @TempDir private static Path folder;
  private static Path socket;
  private static Process session;

  private record Ended(int status, String out, String err) {}

  @BeforeAll
  static void start() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    socket = folder.resolve("s.sock");
    session = serve("log");
  }

  @AfterAll
  static void end() throws InterruptedException {
    session.destroyForcibly().waitFor();
  }

  @Test
  void questionsOfSeveralClientsGetNfdumpsText() throws Exception {
    List<Process> clients = new ArrayList<>();
    Path start = SampleArchive.netflow();
    for (int i = 0; i < 3; i++) {
      clients.add(
          client(
              start.getParent(),
              "client" + i,
              "run",
              "dump",
              "-R",
              start.getFileName().toString(),
              "-s",
              "dstip/bytes",
              Q1_FILTER));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(ended(clients.get(i), "client" + i))
          .isEqualTo(new Ended(0, TutorialFigures.resource("nfdump-1.7.8/q1.txt"), ""));
    }
  }

  @Test
  void messagesAndExitStatusAreThoseOfTheCommand() throws Exception {
    Ended filter = ask("dump", "-r", "f", "proto foo");
    assertThat(filter.status()).isEqualTo(ExitCode.FILTER);
    assertThat(filter.err()).contains("'foo' is no name that 'proto' knows");
    Ended missing = ask("dump", "-r", "nosuch");
    assertThat(missing.status()).isEqualTo(ExitCode.INPUT);
    assertThat(missing.err()).contains(folder.toRealPath() + "/nosuch");
  }

  @Test
  void whatWritesALakeIsNotForSessions() throws Exception {
    Ended refused = ask("convert", "--lake", "lake", "netflow");
    assertThat(refused.status()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).startsWith("A resident session answers questions only: ");
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void secondSessionOnASocketEndsAtOnce() throws Exception {
    assertThat(ask("dump", "-Z", "any").status()).isZero();
    Process second = serve("second");
    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isZero();
    assertThat(ask("dump", "-Z", "any").status()).isZero();
  }

  @Test
  void clientSaysWhereNoSessionTookTheRequest() throws Exception {
    Path dead = folder.resolve("dead.sock");
    Process client =
        new ProcessBuilder(
                java(),
                "-cp",
                classPath(),
                SessionClient.class.getName(),
                dead.toString(),
                "0",
                "run")
            .start();
    assertThat(client.waitFor()).isEqualTo(75);
  }

  private static Ended ask(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(words));
    return ended(client(folder, "ask", all.toArray(String[]::new)), "ask");
  }

  private static Process serve(String log) throws IOException {
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx1g", "-XX:TieredStopAtLevel=1"));
    // What Spark needs opened, as this JVM was told.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-cp", classPath(), FlowlakeCommand.class.getName()));
    command.addAll(List.of("serve", "--socket", socket.toString(), "--idle", "10"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(log).toFile())
        .start();
  }

  private static Process client(Path start, String name, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-cp",
                classPath(),
                SessionClient.class.getName(),
                socket.toString(),
                Long.toString(session.pid())));
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .directory(start.toFile())
        .redirectOutput(folder.resolve(name + ".out").toFile())
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
  }

  private static Ended ended(Process client, String name) throws Exception {
    int status = client.waitFor();
    return new Ended(
        status,
        Files.readString(folder.resolve(name + ".out")),
        Files.readString(folder.resolve(name + ".err")));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }
}
