package org.flowlake.converters.nfcapd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFilter;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reader with a filter gives the flows that pass it, as a reader of all flows gives them. */
class FilteredFlowsTest {
  /** Rows that came before, which a reader must leave as they are. */
  private static final int EARLIER = 3;

  @BeforeAll
  static void corpusIsThere() {
    Corpus.orSkip();
  }

  static Stream<Corpus.Entry> files() throws IOException {
    return Corpus.orSkip().nfcapdFiles().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void flowsThatPassAreThoseOfAllThatPass(Corpus.Entry entry) throws IOException {
    FlowBatch all = read(entry, FlowFilter.ALL);
    for (Divisible filter :
        List.of(new Divisible(1), new Divisible(2), new Divisible(3), new Divisible(1 << 20))) {
      List<String> expected = new ArrayList<>();
      for (int row = 0; row < all.size(); row++) {
        if (row < EARLIER || filter.wants(all, row)) {
          expected.add(text(all, row));
        }
      }
      FlowBatch passed = read(entry, filter);
      List<String> found = new ArrayList<>();
      for (int row = 0; row < passed.size(); row++) {
        found.add(text(passed, row));
      }
      assertThat(found).as("%s of %s", filter, entry).isEqualTo(expected);
    }
  }

  /** Wants flows without a destination, and those whose ports' sum has this divisor. */
  private record Divisible(int divisor) implements FlowFilter {
    @Override
    public Set<FlowField> fields() {
      return Set.of(FlowField.SRC_PORT, FlowField.DST_PORT, FlowField.DST_ADDR);
    }

    boolean wants(FlowBatch batch, int row) {
      int ports = 0;
      for (FlowField field : List.of(FlowField.SRC_PORT, FlowField.DST_PORT)) {
        FlowColumn column = batch.column(field);
        ports += column.isNull(row) ? 0 : column.intAt(row);
      }
      return batch.column(FlowField.DST_ADDR).isNull(row) || ports % divisor == 0;
    }

    @Override
    public Selection over(FlowBatch batch) {
      return (from, to, rows) -> {
        int count = 0;
        for (int row = from; row < to; row++) {
          if (wants(batch, row)) {
            rows[count++] = row;
          }
        }
        return count;
      };
    }
  }

  private static FlowBatch read(Corpus.Entry entry, FlowFilter filter) throws IOException {
    FlowBatch batch = new FlowBatch(FlowView.ALL_FIELDS, 16);
    for (FlowField field : FlowView.ALL_FIELDS) {
      batch.column(field).appendNulls(EARLIER);
    }
    batch.endFlows(EARLIER);
    try (NfcapdFile file = NfcapdFile.open(LocalFlowFile.open(entry.file()), DamagePolicy.FAIL);
        FlowReader reader = file.flows(1, filter)) {
      while (reader.readBlock(batch)) {
        assertThat(reader.counts().flows()).isGreaterThanOrEqualTo(batch.size() - EARLIER);
      }
    }
    return batch;
  }

  private static String text(FlowBatch batch, int row) {
    StringBuilder line = new StringBuilder();
    for (FlowField field : FlowView.ALL_FIELDS) {
      FlowColumn column = batch.column(field);
      if (!column.isNull(row)) {
        line.append(field).append('=');
        switch (field.type()) {
          case INT -> line.append(column.intAt(row));
          case LONG, TIMESTAMP -> line.append(column.longAt(row));
          case ADDRESS, TEXT, BYTES -> line.append(Arrays.toString(column.bytesAt(row)));
        }
        line.append(' ');
      }
    }
    return line.toString();
  }
}
