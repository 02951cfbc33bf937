package org.flowlake.jobs.cli;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.lake.SparkOnDemand;
import org.flowlake.jobs.FlowView;
import org.flowlake.jobs.rows.AnswerTable;

/** The views that SQL in the shell finds, made when a query names them, and its answers. */
final class ShellViews {
  private static final String LAST = "last";
  private static final Pattern NAMES_LAST = naming(LAST);
  private static final Pattern NAMES_FLOWS = naming(FlowView.NAME);
  private static final int MOST_ROWS = 1000;

  private final InputOptions input;
  private Optional<Supplier<AnswerTable>> last = Optional.empty();

  ShellViews(InputOptions input) {
    this.input = input;
  }

  /** Keeps how to make the table of the last answer; nothing runs until SQL asks for it. */
  void answered(Supplier<AnswerTable> table) {
    last = Optional.of(table);
  }

  /** Prints what a query answers, up to {@value #MOST_ROWS} rows; returns the exit status. */
  int print(SparkSession session, String query, CommandContext context) {
    Optional<AnswerTable> table = Optional.empty();
    try {
      if (last.isPresent() && NAMES_LAST.matcher(query).find()) {
        table = Optional.of(last.get().get());
        table.get().rows().createOrReplaceTempView(LAST);
      }
      if (input.given() && NAMES_FLOWS.matcher(query).find()) {
        // Made anew each time: it shows what has been converted since.
        FlowView.register(input.source(SparkOnDemand.running(session)).flows());
      }
      Dataset<Row> answer = session.sql(query);
      if (answer.columns().length > 0) {
        context.out().print(text(answer));
      }
      return ExitCode.OK;
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      context.err().println(message(e));
      return e instanceof AnalysisException ? ExitCode.USAGE : CliErrors.exitCode(e);
    } finally {
      table.ifPresent(AnswerTable::close);
    }
  }

  /** As {@code show()} prints it, which knows standard output only. */
  private static String text(Dataset<Row> table) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) table).showString(MOST_ROWS, 0, false);
  }

  /** Without the plan that Spark prints below. */
  private static String message(Exception e) {
    String text = String.valueOf(e.getMessage());
    int plan = text.indexOf(";\n");
    return plan < 0 ? text.strip() : text.substring(0, plan);
  }

  private static Pattern naming(String view) {
    return Pattern.compile("\\b" + view + "\\b", Pattern.CASE_INSENSITIVE);
  }
}
