package org.flowlake.converters.nfcapd;

import java.util.Arrays;

/**
 * Where the records of some flows and their extensions lie in the block that is being written. The
 * record itself has a slot of its own.
 */
final class RecordPositions {
  /** In the place of a position: the row does not have the extension. */
  static final int ABSENT = -1;

  /** The slot of the record itself; extensions follow. */
  static final int RECORD = 0;

  /** Few enough that the records stay in the processor's cache between two columns. */
  static final int CAPACITY = 512;

  private final int width;
  private final int[] positions;
  private int firstRow;
  private int size;

  /**
   * @param extensions how many a row can have
   */
  RecordPositions(int extensions) {
    this.width = 1 + extensions;
    this.positions = new int[CAPACITY * width];
  }

  /** Forgets all rows; the next one is this row of the batch. */
  void restart(int row) {
    firstRow = row;
    size = 0;
  }

  int firstRow() {
    return firstRow;
  }

  int size() {
    return size;
  }

  /** Adds a row that has no extension yet, and the place of its record. */
  void addRow(int record) {
    Arrays.fill(positions, size * width, (size + 1) * width, 0);
    size++;
    setFirstForm(RECORD, record);
  }

  /** Of the newest row. */
  void setFirstForm(int slot, int payload) {
    positions[(size - 1) * width + slot] = payload + 1;
  }

  /** Of the newest row. */
  void setSecondForm(int slot, int payload) {
    positions[(size - 1) * width + slot] = -payload - 1;
  }

  /** Where the payload begins; {@link #ABSENT} where the row does not have the extension. */
  int payload(int row, int slot) {
    return Math.abs(positions[row * width + slot]) - 1;
  }

  /** Whether it is the extension's IPv6 form. */
  boolean isSecondForm(int row, int slot) {
    return positions[row * width + slot] < 0;
  }
}
