package org.flowlake.jobs.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flowlake.jobs.FlowExport;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.aggregate.Aggregation;
import org.flowlake.jobs.aggregate.AggregationParser;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.result.GroupTable;
import org.flowlake.jobs.result.ResultWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Sums per key: {@code dump -A} with long options. */
@Command(
    name = "aggregate",
    mixinStandardHelpOptions = true,
    description = "Sums of flows, packets and bytes per combination of keys.",
    footer = {
      "",
      "Examples:",
      "  flowlake aggregate --lake lake --keys srcip,dstip,dstport --order bytes --limit 100",
      "  flowlake aggregate --lake lake --keys srcip4/24,dstport --period 2012-04 \\",
      "      --out s3a://reports/2012-04 --format parquet --files 0"
    })
final class AggregateCommand implements Callable<Integer> {
  @ParentCommand private FlowlakeCommand parent;
  @Spec private CommandSpec spec;
  @Mixin private JobInputOptions input;
  @Mixin private ResultOptions result;
  @Mixin private ListOptions list;
  @Mixin private RollupOptions rollups;
  @Mixin private CompletenessOptions completeness;
  @Mixin private SparkOptions spark;

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "KEY,…",
      description = "What is aggregated by, as in -A of dump.")
  private String keys;

  @Override
  public Integer call() {
    JobInputOptions.Parsed parsed = input.parse(Instant.now());
    Aggregation aggregation = AggregationParser.parse(keys);
    Optional<RankOrder> order = list.order().map(PrintOrder::parse);
    Optional<FlowExport> file = result.nfcapd(Optional.of(aggregation), order, list.limit());
    if (file.isPresent()) {
      new ExportAnswer(parent.out(), spec.commandLine().getErr())
          .print(file.get().write(input.query(spark.onDemand("aggregate"), parsed)), file.get());
      return ExitCode.OK;
    }
    Optional<ResultWriter> writer = result.parse(input.zone());
    result.anonymization();
    DumpQuestion text =
        QuestionOptions.ofList(Optional.of(keys), list.order(), list.limit())
            .parse(OutputOptions.in(input.zone()));
    FlowQuery query = input.query(spark.onDemand("aggregate"), parsed).rollups(rollups.use());
    parent.context().answers().accept(() -> text.table(query));
    if (writer.isEmpty()) {
      text.answer(query, parent.out());
    } else {
      result.write(
          GroupTable.of(query, aggregation, order, list.limit(), result.anonymization()),
          writer.get(),
          parent.out());
    }
    completeness.print(query, writer.isEmpty() && text.hasClosingLines(), input.zone());
    return ExitCode.OK;
  }
}
