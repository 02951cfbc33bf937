package org.flowlake.jobs.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.flowlake.converters.io.CorruptFlowFileException;
import org.flowlake.converters.io.UnsupportedFlowFormatException;
import org.flowlake.converters.lake.LakeStorageException;
import org.flowlake.converters.lake.RefusedSourcesException;
import org.flowlake.jobs.InputException;
import org.flowlake.jobs.filter.FilterException;
import org.flowlake.jobs.question.QuestionException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The one place where an exception becomes a message and an exit code. */
final class CliErrors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /** Set to see stack traces. */
  private static final String DEBUG = "FLOWLAKE_DEBUG";

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command.getErr().println(e.getMessage());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    Throwable known = known(e);
    command.getErr().println(message(known));
    if (isDebugged()) {
      e.printStackTrace(command.getErr());
    }
    return exitCode(known);
  }

  static boolean isDebugged() {
    return System.getenv(DEBUG) != null;
  }

  /** The exception of ours that lies behind, or the outermost one. */
  private static Throwable known(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (exitCode(cause) != ExitCode.INTERNAL && !(cause instanceof UncheckedIOException)) {
        return cause;
      }
    }
    return e;
  }

  static int exitCode(Throwable e) {
    if (e instanceof FilterException) {
      return ExitCode.FILTER;
    } else if (e instanceof QuestionException || e instanceof ParameterException) {
      return ExitCode.USAGE;
    } else if (e instanceof CorruptFlowFileException
        || e instanceof UnsupportedFlowFormatException
        || e instanceof RefusedSourcesException) {
      return ExitCode.DATA;
    } else if (e instanceof LakeStorageException) {
      return ExitCode.STORAGE;
    } else if (e instanceof InputException
        || e instanceof FileNotFoundException
        || e instanceof IOException
        || e instanceof UncheckedIOException) {
      return ExitCode.INPUT;
    }
    return ExitCode.INTERNAL;
  }

  private static String message(Throwable e) {
    boolean ours = exitCode(e) != ExitCode.INTERNAL && e.getMessage() != null;
    return ours ? e.getMessage() : "Internal error: " + e;
  }
}
