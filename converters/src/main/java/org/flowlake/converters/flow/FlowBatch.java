package org.flowlake.converters.flow;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Decoded flows, column by column: only the fields that were asked for. Decoders append whole rows;
 * a batch is filled from one block for a scan, from many files before a sort, and reused by {@link
 * #clear()}. Not safe for use by two threads.
 */
public final class FlowBatch {
  private final List<FlowField> fields;
  private final FlowColumn[] columns;
  private final FlowColumn[] byField = new FlowColumn[FlowField.values().length];
  private final FlowColumn.Spare spare = new FlowColumn.Spare();
  private int size;

  /**
   * @param fields the columns, in the order in which {@link #column(int)} numbers them; may be
   *     empty (only the number of flows is then kept)
   * @param capacity rows to make room for at first; the batch grows as needed
   */
  public FlowBatch(List<FlowField> fields, int capacity) {
    this.fields = List.copyOf(fields);
    this.columns = new FlowColumn[fields.size()];
    for (int i = 0; i < columns.length; i++) {
      FlowField field = fields.get(i);
      if (byField[field.ordinal()] != null) {
        throw new IllegalArgumentException("Field " + field.column() + " is named twice");
      }
      columns[i] = new FlowColumn(field, capacity);
      byField[field.ordinal()] = columns[i];
    }
  }

  public List<FlowField> fields() {
    return fields;
  }

  /** Number of whole flows. */
  public int size() {
    return size;
  }

  public FlowColumn column(int ordinal) {
    return columns[ordinal];
  }

  /** The column of this field, or null if the field was not asked for. */
  public FlowColumn column(FlowField field) {
    return byField[field.ordinal()];
  }

  /** To be called after one value was appended to every column: the row is complete. */
  public void endFlow() {
    size++;
  }

  /** To be called after so many values were appended to every column. */
  public void endFlows(int count) {
    size += count;
  }

  /** Drops what was appended for a row that will not be completed. */
  public void abandonFlow() {
    for (FlowColumn column : columns) {
      column.truncate(size);
    }
  }

  /**
   * Of the whole flows from one on keeps some, which move together.
   *
   * @param rows their numbers, ascending
   * @param count how many of them
   */
  public void retain(int from, int[] rows, int count) {
    for (FlowColumn column : columns) {
      column.retain(from, rows, count);
    }
    size = from + count;
  }

  /**
   * Brings the flows into another order.
   *
   * @param order every row's number once: the flow that is now row {@code order[i]} becomes row i
   */
  public void reorder(int[] order) {
    if (order.length != size) {
      throw new IllegalArgumentException(
          "An order of " + order.length + " rows does not fit " + size + " flows");
    }
    for (FlowColumn column : columns) {
      column.reorder(order, spare);
    }
  }

  /** Forgets so many flows, from the first one on; the others move up. */
  public void removeFirst(int count) {
    retain(0, IntStream.range(count, size).toArray(), size - count);
  }

  /** Forgets all flows and keeps the memory. */
  public void clear() {
    for (FlowColumn column : columns) {
      column.clear();
    }
    size = 0;
  }
}
