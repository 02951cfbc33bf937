package org.flowlake.jobs.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.result.ResultWriter;
import org.flowlake.jobs.rows.AnswerTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The entries with the most traffic: {@code dump -s} with long options. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    description = "The hosts, ports, protocols, … with the most flows, packets or bytes.",
    footer = {
      "",
      "Examples:",
      "  flowlake top --lake lake --by dstip/bytes --limit 10 --period yesterday --tz"
          + " Europe/Zurich",
      "  flowlake top --lake lake --by srcip/flows --filter 'dst port 22' --from -7d --to now",
      "  flowlake top --lake hdfs:///flows/lake --by dstport/bytes,proto --period 2012-04-03 \\",
      "      --out hdfs:///reports/2012-04-03.parquet",
      "  flowlake top --lake lake --by dstip/bytes --bin 1h --limit 3 --period yesterday",
      "  flowlake top --lake lake --by dstip/srcips --having 'flows >= 100' --period 2012-04-03"
    })
final class TopCommand implements Callable<Integer> {
  private static final int MOST_ENTRIES = 1_000_000;

  @ParentCommand private FlowlakeCommand parent;
  @Mixin private JobInputOptions input;
  @Mixin private ResultOptions result;
  @Mixin private ExtraOptions extras;
  @Mixin private RollupOptions rollups;
  @Mixin private CompletenessOptions completeness;
  @Mixin private SparkOptions spark;

  @Option(
      names = "--by",
      required = true,
      split = ",",
      paramLabel = "ELEMENT[:p][/ORDER]",
      description = {
        "What is ranked and by what, as in -s of dump, or by distinct values: dstip/srcips"
            + " (dstips,",
        "srcports, dstports, protos); several in one pass."
      })
  private List<String> by = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "Entries of each table, and of each bin; default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST_ENTRIES) {
      throw new QuestionException(
          "--limit is "
              + limit
              + "; expected 1 to "
              + MOST_ENTRIES
              + " (aggregate --keys lists all values)");
    }
    JobInputOptions.Parsed parsed = input.parse(Instant.now());
    Optional<ResultWriter> writer = result.parse(input.zone());
    if (result.anonymization().isPresent()) {
      throw new QuestionException(
          "The values of a statistic are text and are not anonymised; aggregate --keys writes them"
              + " as columns, with --anonymize-key-file");
    }
    DumpQuestion text =
        QuestionOptions.ofStatistics(by, limit, extras).parse(OutputOptions.in(input.zone()));
    if (writer.isPresent() && !text.recordOrders().isEmpty()) {
      throw new QuestionException(
          "The statistic of records has no table of entries; aggregate --keys"
              + " proto,srcip,dstip,srcport,dstport writes its groups");
    }
    FlowQuery query = input.query(spark.onDemand("top"), parsed).rollups(rollups.use());
    parent.context().answers().accept(() -> text.table(query));
    if (writer.isEmpty()) {
      text.answer(query, parent.out());
      completeness.print(query, text.hasClosingLines(), input.zone());
      return ExitCode.OK;
    }
    try (AnswerTable table = text.table(query)) {
      result.write(table.rows(), writer.get(), parent.out());
    }
    completeness.print(query, false, input.zone());
    return ExitCode.OK;
  }
}
