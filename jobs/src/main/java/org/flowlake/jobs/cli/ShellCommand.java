package org.flowlake.jobs.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * Questions in one warm session: typed at a prompt, or read from standard input without one. There
 * the first command that fails gives the shell its exit status, and ends it unless asked otherwise.
 */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    description = "Answers one question after the other in a session that stays warm.",
    footer = {
      "",
      "An input named here is that of every question without one. Example:",
      "  flowlake shell -R lake",
      "  flowlake> -s dstip/bytes -n 5 'not dst net 10.0.0.0/8'",
      "  flowlake> !sql select value, bytes from last where flows < 100",
      "",
      "Without a terminal the commands come from standard input:",
      "  echo \"-s srcip/flows 'dst port 22'\" | flowlake shell -R lake"
    })
final class ShellCommand implements Callable<Integer> {
  @ParentCommand private FlowlakeCommand parent;
  @Spec private CommandSpec spec;
  @Mixin private InputOptions input;
  @Mixin private SparkOptions spark;

  @Option(
      names = {"-k", "--keep-going"},
      description =
          "Without a terminal: go on after a command that failed; the first failure is the exit"
              + " status.")
  private boolean keepGoing;

  @Override
  public Integer call() throws IOException {
    if (input.given()) {
      input.check();
    }
    // Spark starts while the first command is typed.
    CompletableFuture<SparkSession> starting = CompletableFuture.supplyAsync(this::session);
    ShellLine lines =
        new ShellLine(
            parent.context(),
            () -> {
              starting.join();
              return session();
            },
            input);
    return System.console() == null ? readAll(lines) : ShellTerminal.run(lines);
  }

  private SparkSession session() {
    return spark.session("shell");
  }

  private int readAll(ShellLine lines) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    int failure = ExitCode.OK;
    int number = 0;
    for (String line = commands.readLine();
        line != null && !lines.asksToQuit(line);
        line = commands.readLine()) {
      number++;
      int status = lines.execute(line);
      if (status != ExitCode.OK) {
        spec.commandLine()
            .getErr()
            .printf("standard input, line %d: exit status %d%n", number, status);
        failure = failure == ExitCode.OK ? status : failure;
        if (!keepGoing) {
          break;
        }
      }
    }
    return failure;
  }
}
