package org.flowlake.jobs.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flowlake.jobs.FlowExport;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.filter.FilterSettings;
import org.flowlake.jobs.filter.FlowFilter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** nfdump's own options, answered by Spark. */
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    description = "Answers what nfdump answers, with its options and its text.",
    footer = {
      "",
      "Examples:",
      "  flowlake dump -R lake -s dstip/bytes -n 10 'not dst net 10.0.0.0/8'",
      "  flowlake dump -R netflow/ -A srcip,dstip,dstport -O tstart 'dst host 192.0.2.1'",
      "  flowlake dump -R lake -w incident.nfcapd -z=lz4 'host 192.0.2.1'"
    })
final class DumpCommand implements Callable<Integer> {
  @CommandLine.ParentCommand private FlowlakeCommand parent;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private InputOptions input;
  @Mixin private OutputOptions output;
  @Mixin private QuestionOptions question;
  @Mixin private ExportOptions export;
  @Mixin private InspectionOptions inspection;
  @Mixin private OtherNfdumpOptions others;
  @Mixin private RollupOptions rollups;
  @Mixin private CompletenessOptions completeness;
  @Mixin private SparkOptions spark;

  @Option(names = "-f", paramLabel = "FILE", description = "Read the filter from this file.")
  private Path filterFile;

  @Option(names = "-Z", description = "Check the filter's syntax and exit.")
  private boolean checkOnly;

  @Option(
      names = "-X",
      description = "Explain the filter: its meaning in columns, and what the source's scan takes.")
  private boolean explain;

  @Parameters(paramLabel = "FILTER", description = "nfdump filter; several words are joined.")
  private List<String> filter = List.of();

  @Override
  public Integer call() throws IOException {
    others.check(spec.commandLine().getErr());
    if (inspection.asksOneFile()) {
      inspection.answerOneFile(output, parent.out());
      return ExitCode.OK;
    }
    output.checkGeo();
    FlowFilter parsed = filter();
    if (checkOnly) {
      return ExitCode.OK;
    }
    if (explain && !input.given()) {
      parent.out().print(FlowQuery.explainFilter(spark.session("dump"), parsed));
      return ExitCode.OK;
    }
    input.check();
    if (inspection.asksFiles()) {
      inspection.answer(input.source(spark.onDemand("dump")), parent.out());
      return ExitCode.OK;
    }
    if (others.sortsByStart()) {
      question.sortByStart();
    }
    DumpQuestion asked = question.parse(output);
    Optional<FlowExport> file = question.export(asked, export);
    asked.warnings().forEach(warning -> spec.commandLine().getErr().println(warning));
    FlowQuery query =
        FlowQuery.on(input.source(spark.onDemand("dump")))
            .geo(output.geo())
            .filter(parsed)
            .rollups(rollups.use());
    if (explain) {
      parent.out().print(query.explainFilter());
      return ExitCode.OK;
    }
    if (file.isPresent()) {
      new ExportAnswer(parent.out(), spec.commandLine().getErr())
          .print(file.get().write(asked.narrowed(query)), file.get());
      return ExitCode.OK;
    }
    parent.context().answers().accept(() -> asked.table(query));
    asked.answer(query, parent.out());
    completeness.print(asked.narrowed(query), asked.hasClosingLines(), output.zone());
    return ExitCode.OK;
  }

  private FlowFilter filter() {
    FilterSettings settings =
        FilterSettings.local()
            .withZone(output.zone())
            .withGeo(output.geo())
            .withIncludes(parent.context().includes());
    if (!filter.isEmpty() || filterFile == null) {
      return FlowFilter.parse(String.join(" ", filter), settings);
    }
    return FilterFile.read(parent.context().located(filterFile), settings);
  }
}
