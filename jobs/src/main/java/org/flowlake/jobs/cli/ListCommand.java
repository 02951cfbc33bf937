package org.flowlake.jobs.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flowlake.jobs.FlowExport;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.result.FlowTable;
import org.flowlake.jobs.result.ResultWriter;
import org.flowlake.jobs.rows.AnswerTable;
import org.flowlake.udfs.anonymize.Anonymization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Flows one by one: {@code dump} with long options. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "The flows that match, as they come or sorted.",
    footer = {
      "",
      "Examples:",
      "  flowlake list --lake lake --filter 'host 192.0.2.1' --order tstart --limit 100",
      "  flowlake list --lake lake --period 2012-04-03 --filter 'dst port 8000' \\",
      "      --columns first_seen,src_addr,dst_addr,in_bytes --out flows.csv",
      "  flowlake list --lake lake --filter 'host 192.0.2.1' --out incident.nfcapd --compression"
          + " lz4",
      "  flowlake list --lake lake --out shared.parquet --anonymize-key-file /etc/flowlake/key"
    })
final class ListCommand implements Callable<Integer> {
  @ParentCommand private FlowlakeCommand parent;
  @Spec private CommandSpec spec;
  @Mixin private JobInputOptions input;
  @Mixin private ResultOptions result;
  @Mixin private ListOptions list;
  @Mixin private RollupOptions rollups;
  @Mixin private CompletenessOptions completeness;
  @Mixin private SparkOptions spark;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description = "Columns of a table, see docs/fields.md; default: all that the input has.")
  private List<String> columns = List.of();

  @Override
  public Integer call() {
    JobInputOptions.Parsed parsed = input.parse(Instant.now());
    Optional<RankOrder> order = list.order().map(PrintOrder::parse);
    Optional<FlowExport> file = result.nfcapd(Optional.empty(), order, list.limit());
    if (file.isPresent() && !columns.isEmpty()) {
      throw new QuestionException("An nfcapd file holds whole flows; leave out --columns");
    } else if (file.isPresent()) {
      new ExportAnswer(parent.out(), spec.commandLine().getErr())
          .print(file.get().write(input.query(spark.onDemand("list"), parsed)), file.get());
      return ExitCode.OK;
    }
    Optional<ResultWriter> writer = result.parse(input.zone());
    if (writer.isEmpty() && !columns.isEmpty()) {
      throw new QuestionException(
          "--columns chooses the columns of a table; add --format csv or ndjson, or --out");
    }
    FlowTable.check(columns);
    // A key that is none, or goes nowhere, is told before any work.
    Optional<Anonymization> anonymization = result.anonymization();
    DumpQuestion text =
        QuestionOptions.ofList(list.order(), list.limit()).parse(OutputOptions.in(input.zone()));
    FlowQuery query = input.query(spark.onDemand("list"), parsed).rollups(rollups.use());
    parent.context().answers().accept(() -> text.table(query));
    if (writer.isEmpty()) {
      text.answer(query, parent.out());
    } else {
      try (AnswerTable flows = FlowTable.of(query, columns, order, list.limit(), anonymization)) {
        result.write(flows.rows(), writer.get(), parent.out());
      }
    }
    completeness.print(query, writer.isEmpty() && text.hasClosingLines(), input.zone());
    return ExitCode.OK;
  }
}
