package org.flowlake.jobs.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.flowlake.jobs.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * Commands from a file, in one JVM and one Spark session: the start is paid once. Each command is
 * echoed before its answer, comments are echoed as they stand. The first command that fails gives
 * the run its exit status, and ends it unless asked otherwise.
 */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the commands of a file, one per line, in one session.",
    footer = {
      "",
      "Words are quoted as for a shell; nothing is expanded. Example of a file:",
      "  # What goes to the mail server?",
      "  dump -R lake -s srcip/bytes 'dst port 25'"
    })
final class RunCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private static final double NANOS_PER_SECOND = 1e9;

  @CommandLine.ParentCommand private FlowlakeCommand parent;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private SparkOptions spark;

  @Parameters(paramLabel = "FILE", description = "File of commands; - is standard input.")
  private String file;

  @Option(
      names = {"-k", "--keep-going"},
      description = "Go on after a command that failed; the first failure is the exit status.")
  private boolean keepGoing;

  @Option(
      names = "--times",
      description = "Say on standard error what each command took: wall and CPU seconds.")
  private boolean times;

  @Override
  public Integer call() throws IOException {
    try (BufferedReader commands = open()) {
      spark.session("run");
      return runAll(commands);
    } catch (NoSuchFileException e) {
      throw new InputException("No file of commands " + file);
    }
  }

  private int runAll(BufferedReader commands) throws IOException {
    PrintStream out = parent.out();
    int number = 0;
    boolean answered = false;
    int failure = ExitCode.OK;
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      number++;
      String command = line.strip();
      if (command.isEmpty()) {
        continue;
      }
      // An empty line parts an answer from what follows it.
      if (answered) {
        out.println();
      }
      answered = !command.startsWith("#");
      out.println(answered ? "$ flowlake " + command : command);
      out.flush();
      int status = answered ? timed(command, number) : ExitCode.OK;
      if (status != ExitCode.OK) {
        spec.commandLine().getErr().printf("%s, line %d: exit status %d%n", file, number, status);
        failure = failure == ExitCode.OK ? status : failure;
        if (!keepGoing) {
          break;
        }
      }
    }
    return failure;
  }

  private int timed(String command, int number) {
    long startNanos = System.nanoTime();
    long startCpuNanos = cpuNanos();
    int status = execute(command, number);
    if (times) {
      parent.out().flush();
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "%s, line %d: %.3f s, %.2f CPU s%n",
              file,
              number,
              (System.nanoTime() - startNanos) / NANOS_PER_SECOND,
              (cpuNanos() - startCpuNanos) / NANOS_PER_SECOND);
      spec.commandLine().getErr().flush();
    }
    return status;
  }

  /** Of all threads of this process, the compiler's and the collector's too. */
  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private int execute(String command, int number) {
    List<String> words;
    try {
      words = CommandWords.split(command);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "%s, line %d: %s".formatted(file, number, e.getMessage()), e);
    }
    if (words.get(0).equals(spec.name())) {
      throw new ParameterException(
          spec.commandLine(),
          "%s, line %d: a file of commands cannot run another one".formatted(file, number));
    }
    return FlowlakeCommand.execute(parent.context(), words.toArray(String[]::new));
  }

  private BufferedReader open() throws IOException {
    return file.equals(STANDARD_INPUT)
        ? new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
        : Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8);
  }
}
