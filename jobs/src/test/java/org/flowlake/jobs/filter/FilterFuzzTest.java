package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.flowlake.converters.flow.FlowField;

/**
 * Three judges decide generated filters over the same records of an nfcapd file, flow for flow: the
 * compiled condition in a Spark plan over the file, the plain interpreter over the decoded records,
 * and nfdump itself. For the whole language, which no nfdump knows, see {@link FilterJudgesTest}.
 *
 * <p>Properties: {@code flowlake.nfdump} names the program, {@code flowlake.fuzz.filters} says how
 * many filters (5,000 are no work for every change), {@code flowlake.fuzz.seed} draws others.
 */
class FilterFuzzTest {
  private static final long SEED = Long.getLong("flowlake.fuzz.seed", 20240311);
  private static final int FILTERS = Integer.getInteger("flowlake.fuzz.filters", 1000);
  private static final int BATCH = 200;
  private static final int FLOWS = 300;
  private static final int LEVELS = 3;
  private static final FilterSettings SETTINGS = FilterSettings.local().withZone(ZoneOffset.UTC);

  private static SparkSession spark;
  private static Path folder;

  @BeforeContainer
  static void startSpark() throws IOException {
    folder = Files.createTempDirectory("filter-fuzz");
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.sql.debug.maxToStringFields", 10)
            .config("spark.sql.codegen.wholeStage", false)
            .getOrCreate();
  }

  @AfterContainer
  static void stopSpark() throws IOException {
    spark.stop();
    Files.deleteIfExists(folder.resolve("nfcapd.fuzz"));
    Files.deleteIfExists(folder);
  }

  @Example
  void threeJudgesAgree() throws IOException {
    NfdumpProgram nfdump = NfdumpProgram.orSkip();
    // Before 1.7.8 an absent field counts as 0: there every flow has every field.
    int share = nfdump.isLevel() ? 5 : 10;
    Path file =
        FilterTestFile.write(
            folder.resolve("nfcapd.fuzz"),
            FilterTestFlows.records(FLOWS, SEED, share, NfdumpTerms.ADDRESSES));
    Dataset<Row> table = numbered(spark.read().format("nfcapd").load(file.toString())).cache();
    DecodedFlows decoded = DecodedFlows.of(file);
    NfdumpTerms terms = NfdumpTerms.of(nfdump, file);
    RandomGenerator<String> filters =
        FilterTexts.filters(terms.terms(), LEVELS).generator(1000, false);
    Random random = new Random(SEED);
    int judged = 0;
    int undecided = 0;
    List<String> differences = new ArrayList<>();
    while (judged < FILTERS) {
      List<String> texts = new ArrayList<>();
      List<BitSet> theirs = new ArrayList<>();
      List<String> drawn =
          IntStream.range(0, BATCH).mapToObj(i -> filters.next(random).value()).toList();
      List<Optional<BitSet>> answers =
          drawn.parallelStream().map(text -> ask(nfdump, file, terms.spelled(text))).toList();
      for (int i = 0; i < drawn.size(); i++) {
        if (answers.get(i).isPresent()) {
          texts.add(drawn.get(i));
          theirs.add(answers.get(i).get());
        }
      }
      List<FlowFilter> parsed =
          texts.stream().map(text -> FlowFilter.parse(text, SETTINGS)).toList();
      List<BitSet> compiled = compiled(table, parsed);
      for (int i = 0; i < texts.size(); i++) {
        BitSet interpreted = interpreted(decoded, parsed.get(i));
        if (!interpreted.equals(theirs.get(i)) || !interpreted.equals(compiled.get(i))) {
          differences.add(
              "%s%n  nfdump      %s%n  interpreter %s%n  condition   %s"
                  .formatted(texts.get(i), theirs.get(i), interpreted, compiled.get(i)));
        }
        undecided += interpreted.cardinality() % FLOWS == 0 ? 1 : 0;
      }
      judged += texts.size();
    }
    assertThat(differences).as("of %d filters, seed %d", judged, SEED).isEmpty();
    assertThat(undecided).as("filters that pass all flows or none").isLessThan(judged / 2);
  }

  /**
   * A primitive that is new to the table fails here until it is asked, or left out with a reason.
   */
  private static void assertAllAsked(NfdumpProgram nfdump, Set<FilterPrimitive> asked) {
    if (nfdump.isLevel()) {
      Set<FilterPrimitive> leftOut = new HashSet<>(NfdumpTerms.NEVER_ASKED.keySet());
      leftOut.addAll(NfdumpTerms.NOT_OF_LEVEL.keySet());
      assertThat(asked).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(leftOut)));
    } else {
      assertThat(asked).hasSizeGreaterThan(30);
    }
  }

  private static Optional<BitSet> ask(NfdumpProgram nfdump, Path file, String filter) {
    try {
      return nfdump.flows(file, filter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Flow number i was received i milliseconds after the first. */
  private static Dataset<Row> numbered(Dataset<Row> flows) {
    Column number =
        functions
            .unix_millis(functions.col(FlowField.RECEIVED.column()))
            .minus(FilterTestFlows.FIRST_MILLIS - 1);
    return flows.withColumn(FlowFilter.RUNNING_NUMBER, number).coalesce(1);
  }

  private static List<BitSet> compiled(Dataset<Row> table, List<FlowFilter> filters) {
    List<Column> columns = new ArrayList<>();
    columns.add(functions.col(FlowFilter.RUNNING_NUMBER));
    for (FlowFilter filter : filters) {
      columns.add(functions.coalesce(filter.column(table.schema()), functions.lit(false)));
    }
    List<BitSet> passed =
        IntStream.range(0, filters.size()).mapToObj(filter -> new BitSet()).toList();
    for (Row row : table.select(columns.toArray(Column[]::new)).collectAsList()) {
      int flow = (int) row.getLong(0) - 1;
      for (int filter = 0; filter < passed.size(); filter++) {
        passed.get(filter).set(flow, row.getBoolean(filter + 1));
      }
    }
    return passed;
  }

  private static BitSet interpreted(DecodedFlows flows, FlowFilter filter) {
    FilterInterpreter interpreter = new FilterInterpreter(filter.bound());
    BitSet passed = new BitSet();
    for (int i = 0; i < flows.size(); i++) {
      passed.set(i, interpreter.matches(flows.at(i)));
    }
    return passed;
  }
}
