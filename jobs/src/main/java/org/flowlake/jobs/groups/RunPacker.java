package org.flowlake.jobs.groups;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.unsafe.Platform;
import org.flowlake.converters.parquet.AddressColumn;
import org.flowlake.converters.parquet.NumberColumn;
import org.flowlake.converters.parquet.StoredColumn;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.GroupColumn.Width;

/**
 * Packs flows from stored columns, where each column of a group is one of these as it is: straight
 * to where a group lies in memory, without a row of Spark's in between. Where an address of {@code
 * ::/96} makes another group it is not packed. Not for several threads.
 */
public final class RunPacker {
  private final GroupLayout layout;
  private final List<FlowCell> cells;

  /** Of each cell: the column of numbers; null where it is none. */
  private final NumberColumn[] numbers;

  /** As above, of addresses. */
  private final AddressColumn[] addresses;

  /** Those of which some are not packed. */
  private final List<AddressColumn> exceptEmbedded = new ArrayList<>();

  private RunPacker(GroupLayout layout, List<FlowCell> cells, Map<String, StoredColumn> columns) {
    this.layout = layout;
    this.cells = cells;
    this.numbers = new NumberColumn[cells.size()];
    this.addresses = new AddressColumn[cells.size()];
    for (int i = 0; i < numbers.length; i++) {
      StoredColumn column = columns.get(cells.get(i).column());
      if (column instanceof NumberColumn number) {
        numbers[i] = number;
      } else if (column instanceof AddressColumn address) {
        addresses[i] = address;
        if (cells.get(i).exceptEmbedded()) {
          exceptEmbedded.add(address);
        }
      }
    }
  }

  /**
   * A packer of such rows.
   *
   * @param made over stored columns, what a row is: counters, then the columns of the layout
   * @param columns by name, all that {@code made} reads
   * @return empty where a column is computed
   */
  public static Optional<RunPacker> of(
      GroupLayout layout, List<Expression> made, Map<String, StoredColumn> columns) {
    List<FlowCell> cells = new ArrayList<>();
    for (int i = 0; i < layout.columnCount(); i++) {
      boolean isAddress = layout.addressAt(i) > 0;
      Optional<FlowCell> cell =
          FlowCell.ofMost(made.get(CounterColumns.COUNT + i))
              .filter(each -> each.width() == Width.ABSENT || isAddress == isAddress(each));
      if (cell.isEmpty()) {
        return Optional.empty();
      }
      cells.add(cell.get());
    }
    return Optional.of(new RunPacker(layout, cells, columns));
  }

  private static boolean isAddress(FlowCell cell) {
    return cell.width() == Width.ADDRESS;
  }

  /**
   * Whether a column of the rows is this stored one.
   *
   * @param column counted from the first counter
   */
  public boolean shows(int column, StoredColumn stored) {
    return stored.name().equals(cells.get(column - CounterColumns.COUNT).column());
  }

  /** Whether flows are packed whatever their addresses are. */
  public boolean packsAll() {
    return exceptEmbedded.isEmpty();
  }

  /** Whether this flow is packed. */
  public boolean packs(int flow) {
    for (AddressColumn address : exceptEmbedded) {
      // That of an absent address is :: here.
      if (address.high(flow) == 0 && address.low(flow) >>> Integer.SIZE == 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Packs flows that agree in all columns but the counters.
   *
   * @param flow one of them, its place in the columns; that {@link #packs}
   * @param counters of all, in the order of {@link CounterColumns}
   * @param at where the row goes, as an offset for {@link Platform}
   */
  void pack(int flow, long[] counters, byte[] rows, long at) {
    for (int i = 0; i < CounterColumns.COUNT; i++) {
      Platform.putLong(rows, at + GroupLayout.NULL_BITS + (long) i * GroupLayout.WORD, counters[i]);
    }
    long nulls = 0;
    for (int i = 0; i < numbers.length; i++) {
      NumberColumn number = numbers[i];
      AddressColumn address = addresses[i];
      long word = 0;
      if (number != null && !number.isAbsent(flow)) {
        word = number.value(flow);
      } else if (address != null && !address.isAbsent(flow)) {
        int place = layout.addressAt(i);
        word = GroupLayout.addressWord(place);
        putAddress(rows, at + place, address.high(flow), address.low(flow));
      } else {
        Long absent = cells.get(i).absent();
        if (absent == null) {
          nulls |= GroupLayout.nullBit(i);
        } else {
          word = absent;
        }
        if (layout.addressAt(i) > 0) {
          putAddress(rows, at + layout.addressAt(i), 0, 0);
        }
      }
      Platform.putLong(rows, at + GroupLayout.wordAt(i), word);
    }
    Platform.putLong(rows, at, nulls);
  }

  private static void putAddress(byte[] rows, long at, long high, long low) {
    Platform.putLong(rows, at, Long.reverseBytes(high));
    Platform.putLong(rows, at + GroupLayout.WORD, Long.reverseBytes(low));
  }
}
