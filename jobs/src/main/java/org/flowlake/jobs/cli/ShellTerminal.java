package org.flowlake.jobs.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The shell at a terminal: prompt, history, completion; Ctrl-C ends a question, Ctrl-D leaves. */
final class ShellTerminal {
  private static final String PROMPT = "flowlake> ";

  private ShellTerminal() {}

  static int run(ShellLine lines) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      terminal.handle(Terminal.Signal.INT, signal -> lines.cancel());
      LineReader reader =
          LineReaderBuilder.builder()
              .appName("flowlake")
              .terminal(terminal)
              .completer(new ShellCompleter(ShellLine.commands()))
              .variable(LineReader.HISTORY_FILE, history())
              // A filter may hold what other shells take for a place in the history.
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      while (true) {
        try {
          String line = reader.readLine(PROMPT);
          if (lines.asksToQuit(line)) {
            return ExitCode.OK;
          }
          lines.execute(line);
        } catch (UserInterruptException e) {
          // Ctrl-C at the prompt drops the line.
        } catch (EndOfFileException e) {
          return ExitCode.OK;
        }
      }
    }
  }

  /** Where the XDG base directory specification puts it. */
  private static Path history() {
    String state = System.getenv("XDG_STATE_HOME");
    Path folder =
        state == null || state.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return folder.resolve("flowlake").resolve("history");
  }
}
