package org.flowlake.jobs.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** What a line of the shell means, and its execution. */
final class ShellLine {
  private static final String DUMP = "dump";
  private static final String SQL = "!sql";
  private static final Set<String> QUIT = Set.of("quit", "exit");

  /** Pasted from elsewhere, these stand before a command that is known here. */
  private static final Set<String> PROGRAMS = Set.of("flowlake", "scripts/flowlake");

  /** Commands that make no sense within the shell. */
  private static final Set<String> NOT_HERE = Set.of("shell", "serve", "warm-up");

  private static final String HELP =
      """
      dump OPTION... FILTER    nfdump's questions; dump and nfdump may be left out: -s srcip/bytes
      top, aggregate, list     the same with long options
      convert, run             as on the command line
      !sql SELECT ...          SQL; the view last has the answer of the last question, flows has
                               the flows of the shell's input; SQL functions: docs/functions.md
      help [COMMAND]           this, or the options of a command
      quit                     leaves, as the end of the input does
      """;

  private final CommandContext context;
  private final Supplier<SparkSession> session;
  private final InputOptions input;
  private final ShellViews views;
  private final Set<String> known = commands().getSubcommands().keySet();
  private final AtomicInteger runs = new AtomicInteger();

  /**
   * Lines of one shell.
   *
   * @param session the session, waited for where a line needs it
   * @param input of every question that names none itself
   */
  ShellLine(CommandContext context, Supplier<SparkSession> session, InputOptions input) {
    this.session = session;
    this.input = input;
    this.views = new ShellViews(input);
    this.context = context.withAnswers(views::answered);
  }

  boolean asksToQuit(String line) {
    return QUIT.contains(line.strip());
  }

  /** Runs a line and prints its answer; an empty line does nothing. Returns the exit status. */
  int execute(String line) {
    String text = line.strip();
    PrintStream out = context.out();
    try {
      if (text.equals(SQL) || text.startsWith(SQL + " ")) {
        return sql(text.substring(SQL.length()).strip());
      }
      List<String> words = CommandWords.split(text);
      return words.isEmpty() ? ExitCode.OK : run(new ArrayList<>(words));
    } catch (IllegalArgumentException e) {
      context.err().println(e.getMessage());
      return ExitCode.USAGE;
    } finally {
      out.flush();
    }
  }

  /** Ends what runs now, from another thread. */
  void cancel() {
    session.get().sparkContext().cancelJobGroupAndFutureJobs(group());
  }

  private int sql(String query) {
    if (query.isEmpty()) {
      context.err().println("SQL is missing; example: !sql select * from last");
      return ExitCode.USAGE;
    }
    beginJobs(query);
    return views.print(session.get(), query, context);
  }

  private int run(List<String> words) {
    if (PROGRAMS.contains(words.get(0)) && words.size() > 1) {
      words.remove(0);
    }
    String first = words.get(0);
    if (first.equals("help")) {
      return help(words.subList(1, words.size()));
    }
    if (first.equals("nfdump")) {
      words.set(0, DUMP);
    } else if (first.startsWith("-")) {
      words.add(0, DUMP);
    } else if (!isCommand(first)) {
      context
          .err()
          .println("Unknown command '" + first + "'; a question begins with an option; try help");
      return ExitCode.USAGE;
    }
    words.addAll(1, input.wordsFor(words));
    beginJobs(String.join(" ", words));
    return FlowlakeCommand.execute(context, words.toArray(String[]::new));
  }

  private int help(List<String> of) {
    if (of.isEmpty()) {
      context.out().print(HELP);
      return ExitCode.OK;
    }
    String command = of.get(0).toLowerCase(Locale.ROOT);
    if (!isCommand(command)) {
      context.err().println("No help for '" + command + "'; try help");
      return ExitCode.USAGE;
    }
    return FlowlakeCommand.execute(context, command, "--help");
  }

  private void beginJobs(String description) {
    runs.incrementAndGet();
    session.get().sparkContext().setJobGroup(group(), description, true);
  }

  private String group() {
    return "shell-" + runs.get();
  }

  private boolean isCommand(String word) {
    return !NOT_HERE.contains(word) && known.contains(word);
  }

  /** The commands that a line can begin with, and their options. */
  static CommandLine commands() {
    return FlowlakeCommand.commandLine(CommandContext.ofProcess(System.out));
  }
}
