package org.flowlake.jobs.cases;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.flowlake.jobs.cli.FlowlakeCommand;

/** What the command answered: its exit status and its standard output. */
record CaseAnswer(int status, String text) {
  /** Runs {@code flowlake dump} with these inputs and the question of the case. */
  static CaseAnswer of(NfdumpCase asked, List<String> inputs) {
    List<String> args = new ArrayList<>(List.of("dump"));
    args.addAll(inputs);
    args.addAll(asked.args());
    args.add("--tz");
    args.add(asked.zone());
    if (!asked.filter().isEmpty()) {
      args.add("--");
      args.add(asked.filter());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.ISO_8859_1);
    int status = FlowlakeCommand.execute(out, args.toArray(String[]::new));
    return new CaseAnswer(status, bytes.toString(StandardCharsets.ISO_8859_1));
  }
}
