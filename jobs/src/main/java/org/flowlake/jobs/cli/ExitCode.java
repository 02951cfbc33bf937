package org.flowlake.jobs.cli;

/** What the exit status of a command says. */
final class ExitCode {
  static final int OK = 0;

  /** Wrong options, or a question that cannot be asked. */
  static final int USAGE = 1;

  /** A fault of the program or of its surroundings. */
  static final int INTERNAL = 2;

  /** An input that is not there or cannot be reached. */
  static final int INPUT = 3;

  /** An input that is damaged or of a format that is not read. */
  static final int DATA = 4;

  /** A lake that cannot be written: its place is full, read-only, or not ours. */
  static final int STORAGE = 5;

  /** A filter that nfdump's language does not know; nfdump's own number. */
  static final int FILTER = 254;

  private ExitCode() {}
}
