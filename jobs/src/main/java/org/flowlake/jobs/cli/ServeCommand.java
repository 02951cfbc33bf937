package org.flowlake.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flowlake.jobs.cli.session.SessionServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The resident session, as the launcher starts it. */
@Command(
    name = "serve",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Answers questions that come through a Unix domain socket, until it is idle.")
final class ServeCommand implements Callable<Integer> {
  @Option(names = "--socket", required = true, paramLabel = "FILE", description = "The socket.")
  private Path socket;

  @Option(
      names = "--idle",
      required = true,
      paramLabel = "MINUTES",
      description = "End after so long without a question.")
  private double idleMinutes;

  @Override
  public Integer call() throws IOException {
    Duration idle = Duration.ofMillis((long) (idleMinutes * 60_000));
    Optional<SessionServer> opened = SessionServer.open(socket, idle, new SessionQuestions());
    if (opened.isEmpty()) {
      return ExitCode.OK;
    }
    try (SessionServer server = opened.get()) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      Path program = program();
      FileTime built = Files.getLastModifiedTime(program);
      SparkSessions.start("session", Optional.empty());
      server.awaitEnd(() -> !isOf(program, built));
    }
    return ExitCode.OK;
  }

  private static Path program() {
    return Path.of(
        ServeCommand.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /** Whether the program that runs is still the one that is installed. */
  private static boolean isOf(Path program, FileTime built) {
    try {
      return Files.getLastModifiedTime(program).equals(built);
    } catch (IOException e) {
      return false;
    }
  }
}
