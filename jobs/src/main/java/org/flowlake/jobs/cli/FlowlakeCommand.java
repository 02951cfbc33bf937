package org.flowlake.jobs.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code flowlake COMMAND …}. */
@Command(
    name = "flowlake",
    mixinStandardHelpOptions = true,
    version = "flowlake 0.1.0, answers as nfdump 1.7.8",
    synopsisSubcommandLabel = "COMMAND",
    description = "Years of NetFlow, asked in nfdump's own language.",
    subcommands = {
      ConvertCommand.class,
      CompactCommand.class,
      ExpireCommand.class,
      RollupCommand.class,
      VerifyCommand.class,
      SourcesCommand.class,
      RebuildCommand.class,
      DumpCommand.class,
      TopCommand.class,
      AggregateCommand.class,
      ListCommand.class,
      RunCommand.class,
      ShellCommand.class,
      ServeCommand.class,
      WarmUpCommand.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:success, also where no flow matches",
      "1:wrong options, or a question that cannot be asked",
      "2:a fault of the program or of its surroundings",
      "3:an input that is not there or cannot be reached",
      "4:an input that is damaged, or of a format that is not read",
      "5:a lake that cannot be written: the disk is full, or permission is missing",
      "254:a filter with a syntax error"
    })
public final class FlowlakeCommand implements Runnable {
  private static final String LOG_SETTING = "log4j2.configurationFile";
  private static final String QUIET_LOG = "flowlake-log4j2.properties";

  /** The level of messages on tasks, in that file. */
  private static final String TASK_LOG_SETTING = "flowlake.log.tasks";

  private static final int BUFFER_BYTES = 1 << 16;

  private final CommandContext context;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private FlowlakeCommand(CommandContext context) {
    this.context = context;
  }

  /** Runs a command and ends the JVM with its exit status, see {@link ExitCode}. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_SETTING) == null && System.getProperty("spark.master") == null) {
      System.setProperty(LOG_SETTING, QUIET_LOG);
      if (CliErrors.isDebugged()) {
        System.setProperty(TASK_LOG_SETTING, "error");
      }
    }
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
            false,
            StandardCharsets.UTF_8);
    int status = execute(out, args);
    SparkSessions.stop();
    System.exit(status);
  }

  /**
   * Runs a command in this JVM and its Spark session, if there is one.
   *
   * @param out takes the answer; messages go to standard error
   * @return the exit status
   */
  public static int execute(PrintStream out, String... args) {
    return execute(CommandContext.ofProcess(out), args);
  }

  /** Runs a command in this JVM; others may run beside it. */
  static int execute(CommandContext context, String... args) {
    int status = commandLine(context).execute(args);
    context.out().flush();
    return status;
  }

  static CommandLine commandLine(CommandContext context) {
    CliErrors errors = new CliErrors();
    CommandLine program = new CommandLine(new FlowlakeCommand(context));
    String[] version = program.getCommandSpec().version();
    program.getSubcommands().values().forEach(command -> command.getCommandSpec().version(version));
    return program
        .setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(context.err(), true, Charset.defaultCharset()))
        // nfdump's filters know @include, which is not picocli's @file.
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors);
  }

  /** Where answers go. */
  PrintStream out() {
    return context.out();
  }

  CommandContext context() {
    return context;
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
  }
}
