package org.flowlake.converters.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FlowBatchTest {
  /** One field of each type, and a second number. */
  private static final List<FlowField> FIELDS =
      List.of(
          FlowField.FIRST_SEEN,
          FlowField.SRC_PORT,
          FlowField.PROTO,
          FlowField.IN_BYTES,
          FlowField.SRC_ADDR,
          FlowField.USER_NAME,
          FlowField.APPLICATION_ID);

  /** Rows as lists of values, which the batch has to hold as they are put through the same. */
  @Property(tries = 300)
  void holdsWhatListsHold(
      @ForAll long seed,
      @ForAll @IntRange(max = 300) int flows,
      @ForAll @IntRange(min = 1, max = 4) int kinds) {
    Random random = new Random(seed);
    FlowBatch batch = new FlowBatch(FIELDS, random.nextInt(100));
    List<List<Object>> rows = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int more = random.nextInt(flows + 1); more > 0; more--) {
        rows.add(append(batch, random, kinds));
      }
      List<Integer> order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
      Collections.shuffle(order, random);

      batch.reorder(order.stream().mapToInt(Integer::intValue).toArray());
      rows = new ArrayList<>(order.stream().map(rows::get).toList());
      assertThat(read(batch)).isEqualTo(rows);

      int removed = rows.isEmpty() ? 0 : random.nextInt(rows.size() + 1);
      batch.removeFirst(removed);
      rows = new ArrayList<>(rows.subList(removed, rows.size()));
      assertThat(read(batch)).isEqualTo(rows);
    }
  }

  /** Few kinds of values leave columns that are constant, or absent throughout. */
  private static List<Object> append(FlowBatch batch, Random random, int kinds) {
    List<Object> row = new ArrayList<>();
    for (FlowField field : FIELDS) {
      FlowColumn column = batch.column(field);
      int value = random.nextInt(kinds);
      if (random.nextInt(field == FlowField.PROTO ? 2 : 40) == 0) {
        column.appendNull();
        row.add(null);
        continue;
      }
      switch (field.type()) {
        case INT -> column.appendInt(value);
        case LONG, TIMESTAMP -> column.appendLong(value);
        case ADDRESS -> column.appendIpv4(value);
        case TEXT, BYTES ->
            column.appendBytes(Integer.toString(value).getBytes(StandardCharsets.UTF_8));
      }
      row.add((long) value);
    }
    batch.endFlow();
    return row;
  }

  private static List<List<Object>> read(FlowBatch batch) {
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      List<Object> values = new ArrayList<>();
      for (FlowField field : FIELDS) {
        values.add(value(batch.column(field), row));
      }
      rows.add(values);
    }
    return rows;
  }

  private static Object value(FlowColumn column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column.field().type()) {
      case INT -> (long) column.intAt(row);
      case LONG, TIMESTAMP -> column.longAt(row);
      case ADDRESS -> column.addressLow(row) & 0xFFFF_FFFFL;
      case TEXT, BYTES -> Long.parseLong(new String(column.bytesAt(row), StandardCharsets.UTF_8));
    };
  }
}
