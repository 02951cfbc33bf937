package org.flowlake.jobs.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flowlake.jobs.FlowExport;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.aggregate.Aggregation;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.result.GroupTable;
import org.flowlake.jobs.result.ResultWriter;
import org.flowlake.jobs.rows.AnswerTable;
import org.flowlake.udfs.anonymize.Anonymization;
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
      "      --out s3a://reports/2012-04 --format parquet --files 0",
      "  flowlake aggregate --lake lake --keys proto --bin 1d --tz Europe/Zurich --period 2012-04",
      "  flowlake aggregate --lake lake --bin 5m --bin-by duration --filter 'dst port 443'",
      "  flowlake aggregate --lake lake --keys srcip --distinct dstip,dstport --order dstips \\",
      "      --having 'dstips > 100 and bytes < 10m' --percentiles bytes:50,95 --limit 20"
    })
final class AggregateCommand implements Callable<Integer> {
  @ParentCommand private FlowlakeCommand parent;
  @Spec private CommandSpec spec;
  @Mixin private JobInputOptions input;
  @Mixin private ResultOptions result;
  @Mixin private ListOptions list;
  @Mixin private ExtraOptions extras;
  @Mixin private ExtraOptions.FigureOptions figures;
  @Mixin private RollupOptions rollups;
  @Mixin private CompletenessOptions completeness;
  @Mixin private SparkOptions spark;

  @Option(
      names = "--keys",
      paramLabel = "KEY,…",
      description = "What is aggregated by, as in -A of dump; with --bin it may be left out.")
  private String keys;

  @Override
  public Integer call() {
    JobInputOptions.Parsed parsed = input.parse(Instant.now());
    DumpQuestion text =
        QuestionOptions.ofGroups(
                Optional.ofNullable(keys), list.order(), list.limit(), extras, figures)
            .parse(OutputOptions.in(input.zone()));
    if (!(text.groupBy().orElse(null) instanceof Aggregation aggregation)) {
      throw new QuestionException("Missing keys: add --keys srcip,dstport, or --bin 1h");
    }
    Optional<RankOrder> order = text.order();
    Optional<FlowExport> file = result.nfcapd(Optional.of(aggregation), order, list.limit());
    if (file.isPresent() && !text.extras().isNone()) {
      throw new QuestionException(
          "An nfcapd file has no place for --bin, --distinct, --percentiles or --having");
    }
    if (file.isPresent()) {
      new ExportAnswer(parent.out(), spec.commandLine().getErr())
          .print(file.get().write(input.query(spark.onDemand("aggregate"), parsed)), file.get());
      return ExitCode.OK;
    }
    Optional<ResultWriter> writer = result.parse(input.zone());
    Optional<Anonymization> anonymization = result.anonymization();
    FlowQuery query = input.query(spark.onDemand("aggregate"), parsed).rollups(rollups.use());
    parent.context().answers().accept(() -> text.table(query));
    if (writer.isEmpty()) {
      text.answer(query, parent.out());
    } else {
      try (AnswerTable groups =
          GroupTable.of(query, aggregation, text.extras(), order, list.limit(), anonymization)) {
        result.write(groups.rows(), writer.get(), parent.out());
      }
    }
    completeness.print(query, writer.isEmpty() && text.hasClosingLines(), input.zone());
    return ExitCode.OK;
  }
}
