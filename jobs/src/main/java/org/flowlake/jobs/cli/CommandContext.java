package org.flowlake.jobs.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.flowlake.jobs.filter.IncludeReader;
import org.flowlake.jobs.rows.AnswerTable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What surrounds one call of a command: where its text goes, and what relative names start from.
 * Several calls with different contexts may run in one JVM at the same time.
 *
 * @param out takes the answer
 * @param err takes messages
 * @param folder what relative names start from; empty where that is the JVM's own working folder
 * @param answers is told how to make the table of an answer, for whoever wants to ask on
 */
record CommandContext(
    PrintStream out,
    PrintStream err,
    Optional<Path> folder,
    Consumer<Supplier<AnswerTable>> answers) {
  private static final String CATALOG = "catalog:";

  CommandContext(PrintStream out, PrintStream err, Optional<Path> folder) {
    this(out, err, folder, table -> {});
  }

  /** A call that has this JVM to itself. */
  static CommandContext ofProcess(PrintStream out) {
    return new CommandContext(out, System.err, Optional.empty());
  }

  CommandContext withAnswers(Consumer<Supplier<AnswerTable>> consumer) {
    return new CommandContext(out, err, folder, consumer);
  }

  /** The context of the call that a command, or the command of a mixin, is part of. */
  static CommandContext of(CommandSpec command) {
    return ((FlowlakeCommand) command.root().userObject()).context();
  }

  /** The name of a file, folder or lake as it means the same from any working folder. */
  String located(String name) {
    boolean fixed =
        folder.isEmpty()
            || name == null
            || name.isEmpty()
            || name.startsWith("/")
            || name.startsWith(CATALOG)
            || name.contains(":/");
    return fixed ? name : folder.get() + "/" + name;
  }

  /** As {@link #located(String)}, for local files. */
  Path located(Path file) {
    return folder.map(start -> start.resolve(file)).orElse(file);
  }

  /** Names that are separated by commas; {@code none} is no name. */
  String locatedAll(String names) {
    return names.isBlank() || names.equals("none")
        ? names
        : Arrays.stream(names.split(","))
            .map(name -> located(name.strip()))
            .collect(Collectors.joining(","));
  }

  /** Reads the files that filters include. */
  IncludeReader includes() {
    IncludeReader files = IncludeReader.localFiles();
    return path -> files.read(located(path));
  }
}
