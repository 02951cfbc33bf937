package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.jobs.filter.FilterTestFlows.Flow;

/** The compiled condition and the plain interpreter must decide alike, flow for flow. */
class FilterJudgesTest {
  private static final FilterSettings SETTINGS = FilterSettings.local().withZone(ZoneOffset.UTC);
  private static final List<Flow> FLOWS = FilterTestFlows.random(300, 20240311);

  private static SparkSession spark;
  private static Dataset<Row> table;

  @BeforeContainer
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.sql.codegen.wholeStage", false)
            .getOrCreate();
    table =
        spark
            .createDataFrame(
                FLOWS.stream().map(Flow::row).toList(), FlowSchema.of(List.of(FlowField.values())))
            .coalesce(1)
            .cache();
  }

  @AfterContainer
  static void stopSpark() {
    spark.stop();
  }

  @Provide
  Arbitrary<List<String>> filters() {
    return FilterTexts.filters().list().ofSize(60);
  }

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void compiledConditionAgreesWithInterpreter(@ForAll("filters") List<String> texts) {
    judge(texts, EnumSet.allOf(FlowField.class));
  }

  @Example
  void deeplyNestedFilterIsDecidedByTheInterpreterInsideThePlan() {
    String deep = FilterRobustnessTest.alternating(10_000);
    judge(List.of(deep, "proto tcp and (" + deep + ")"), EnumSet.allOf(FlowField.class));
  }

  @Example
  void longListsAreOneSetTest() {
    String list =
        IntStream.range(0, 40)
            .mapToObj(i -> "10.1.2." + 2 * i)
            .collect(Collectors.joining(" ", "[", " 2001:db8::/33 ::ffff:0:0/100]"));
    judge(
        List.of(
            "src ip in " + list,
            "not src ip in " + list,
            "ip in " + list,
            "next ip in " + list,
            "not next ip in " + list),
        EnumSet.allOf(FlowField.class));
  }

  @Example
  void absentColumnMakesTheTestFalseAndItsNegationTrue() {
    Set<FlowField> core = EnumSet.of(FlowField.PROTO, FlowField.SRC_PORT);
    assertThat(count("vlan 100", core)).isZero();
    assertThat(count("not vlan 100", core)).isEqualTo(FLOWS.size());
    assertThat(count("as 0", core)).isEqualTo(FLOWS.size());
    assertThat(count("flows 1", core)).isEqualTo(FLOWS.size());
    assertThat(count("not (vlan 100 or proto tcp)", core)).isEqualTo(count("not proto tcp", core));
  }

  private static long count(String filter, Set<FlowField> present) {
    return table
        .filter(FilterCompiler.compile(FlowFilter.parse(filter, SETTINGS).bound(), present))
        .count();
  }

  private static void judge(List<String> texts, Set<FlowField> present) {
    List<FlowFilter> filters =
        texts.stream().map(text -> FlowFilter.parse(text, SETTINGS)).toList();
    Column[] columns =
        filters.stream()
            .map(filter -> FilterCompiler.compile(filter.bound(), present))
            .map(column -> functions.coalesce(column, functions.lit(false)))
            .toArray(Column[]::new);
    List<Row> decided = table.select(columns).collectAsList();
    for (int f = 0; f < filters.size(); f++) {
      FilterInterpreter interpreter = new FilterInterpreter(filters.get(f).bound());
      List<Integer> compiled = new ArrayList<>();
      List<Integer> interpreted = new ArrayList<>();
      for (int i = 0; i < FLOWS.size(); i++) {
        if (decided.get(i).getBoolean(f)) {
          compiled.add(i);
        }
        if (interpreter.matches(FLOWS.get(i))) {
          interpreted.add(i);
        }
      }
      assertThat(compiled).as(texts.get(f)).isEqualTo(interpreted);
    }
  }
}
