package org.flowlake.converters.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The values of one field for the flows of a {@link FlowBatch}: a growing array of the field's own
 * width. One final class with one array in use, so that the decoding loop stays free of virtual
 * calls and of objects per value.
 */
public final class FlowColumn {
  /** Bytes of an address, see {@link FlowType#ADDRESS}. */
  public static final int ADDRESS_BYTES = 16;

  /** The high half of every IPv4 address: ::ffff:a.b.c.d. */
  private static final long IPV4_HIGH = 0L;

  private static final long IPV4_PREFIX = 0x0000_FFFF_0000_0000L;

  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final FlowField field;
  private int size;
  private int nullCount;
  private boolean[] nulls;
  private int[] ints;
  private long[] longs;
  private byte[] addresses;
  private byte[][] objects;

  FlowColumn(FlowField field, int capacity) {
    this.field = field;
    this.nulls = new boolean[capacity];
    switch (field.type()) {
      case INT -> ints = new int[capacity];
      case LONG, TIMESTAMP -> longs = new long[capacity];
      case ADDRESS -> addresses = new byte[capacity * ADDRESS_BYTES];
      case TEXT, BYTES -> objects = new byte[capacity][];
    }
  }

  public FlowField field() {
    return field;
  }

  public int size() {
    return size;
  }

  /** Appends an absent value. */
  public void appendNull() {
    int row = grow();
    nulls[row] = true;
    nullCount++;
  }

  /** Appends so many absent values. */
  public void appendNulls(int count) {
    int first = extend(count);
    Arrays.fill(nulls, first, size, true);
    nullCount += count;
  }

  /**
   * Appends so many values of any content, each of which the caller sets then.
   *
   * @return the row of the first one
   */
  public int extend(int count) {
    while (nulls.length - size < count) {
      enlarge();
    }
    int first = size;
    size += count;
    return first;
  }

  /** For {@link FlowType#INT}. */
  public void appendInt(int value) {
    int row = grow();
    ints[row] = value;
  }

  /** For {@link FlowType#LONG}, and for {@link FlowType#TIMESTAMP} in microseconds. */
  public void appendLong(long value) {
    int row = grow();
    longs[row] = value;
  }

  /** For {@link FlowType#ADDRESS}: the four bytes of an IPv4 address as one number. */
  public void appendIpv4(int address) {
    appendAddress(IPV4_HIGH, IPV4_PREFIX | (address & 0xFFFF_FFFFL));
  }

  /** For {@link FlowType#ADDRESS}: both halves as numbers, most significant byte first. */
  public void appendAddress(long high, long low) {
    int row = grow();
    BIG_ENDIAN_LONG.set(addresses, row * ADDRESS_BYTES, high);
    BIG_ENDIAN_LONG.set(addresses, row * ADDRESS_BYTES + Long.BYTES, low);
  }

  /**
   * For {@link FlowType#TEXT} (UTF-8) and {@link FlowType#BYTES}; the array is kept, not copied.
   */
  public void appendBytes(byte[] value) {
    int row = grow();
    objects[row] = value;
  }

  public boolean isNull(int row) {
    return nulls[row];
  }

  /** Whether any row has a value. */
  public boolean hasValues() {
    return nullCount < size;
  }

  public boolean hasNulls() {
    return nullCount > 0;
  }

  public int intAt(int row) {
    return ints[row];
  }

  public long longAt(int row) {
    return longs[row];
  }

  /** The upper 64 bits of an address; compare unsigned. */
  public long addressHigh(int row) {
    return (long) BIG_ENDIAN_LONG.get(addresses, row * ADDRESS_BYTES);
  }

  /** The lower 64 bits of an address; compare unsigned. */
  public long addressLow(int row) {
    return (long) BIG_ENDIAN_LONG.get(addresses, row * ADDRESS_BYTES + Long.BYTES);
  }

  /** Whether two rows have the same address; neither may be absent. */
  public boolean isSameAddress(int row, int other) {
    return addressLow(row) == addressLow(other) && addressHigh(row) == addressHigh(other);
  }

  /** Puts another number in the place of a value; for {@link FlowType#INT}. */
  public void setInt(int row, int value) {
    ints[row] = value;
  }

  /**
   * Puts another number in the place of a value; for {@link FlowType#LONG} and {@link
   * FlowType#TIMESTAMP}.
   */
  public void setLong(int row, long value) {
    longs[row] = value;
  }

  /** Puts another address in the place of one; as {@link #appendIpv4}. */
  public void setIpv4(int row, int address) {
    setAddress(row, IPV4_HIGH, IPV4_PREFIX | (address & 0xFFFF_FFFFL));
  }

  /** Puts another address in the place of one; as {@link #appendAddress}. */
  public void setAddress(int row, long high, long low) {
    BIG_ENDIAN_LONG.set(addresses, row * ADDRESS_BYTES, high);
    BIG_ENDIAN_LONG.set(addresses, row * ADDRESS_BYTES + Long.BYTES, low);
  }

  /** Takes a value away. */
  public void setNull(int row) {
    if (!nulls[row]) {
      nulls[row] = true;
      nullCount++;
      if (objects != null) {
        objects[row] = null;
      }
    }
  }

  /** A fresh array: 16 bytes for an address, the value itself otherwise. */
  public byte[] bytesAt(int row) {
    if (addresses != null) {
      return Arrays.copyOfRange(
          addresses, row * ADDRESS_BYTES, row * ADDRESS_BYTES + ADDRESS_BYTES);
    }
    return objects[row];
  }

  void clear() {
    if (nullCount > 0) {
      Arrays.fill(nulls, 0, size, false);
    }
    if (objects != null) {
      Arrays.fill(objects, 0, size, null);
    }
    size = 0;
    nullCount = 0;
  }

  /**
   * Of the rows from one on keeps some, which move together.
   *
   * @param rows their numbers, ascending
   * @param count how many of them
   */
  public void retain(int from, int[] rows, int count) {
    if (count == size - from) {
      return;
    }
    for (int i = 0; i < count; i++) {
      move(rows[i], from + i);
    }
    truncate(from + count);
  }

  private void move(int row, int to) {
    if (nulls[row] != nulls[to]) {
      nullCount += nulls[row] ? 1 : -1;
      nulls[to] = nulls[row];
    }
    if (ints != null) {
      ints[to] = ints[row];
    } else if (longs != null) {
      longs[to] = longs[row];
    } else if (addresses != null) {
      setAddress(to, addressHigh(row), addressLow(row));
    } else {
      objects[to] = objects[row];
    }
  }

  /** Forgets the rows from this one on, after a record turned out to be damaged half-way. */
  void truncate(int rows) {
    if (nullCount > 0) {
      for (int row = rows; row < size; row++) {
        if (nulls[row]) {
          nulls[row] = false;
          nullCount--;
        }
      }
    }
    if (objects != null && rows < size) {
      Arrays.fill(objects, rows, size, null);
    }
    size = Math.min(size, rows);
  }

  /** Arrays that a column has left to the next one that is reordered: fresh memory costs more. */
  static final class Spare {
    private boolean[] nulls = {};
    private int[] ints = {};
    private long[] longs = {};
    private byte[] addresses = {};
    private byte[][] objects = {};
  }

  /**
   * Puts the value of row {@code order[i]} at row {@code i}. One pass per column: its reads do not
   * wait for each other, whereas writing rows out of order would miss the cache at every value.
   */
  void reorder(int[] order, Spare spare) {
    if (nullCount > 0) {
      reorderNulls(order, spare);
    }
    // Many a column has one value throughout, of which no order is to be seen.
    if (isConstant()) {
      return;
    }
    int capacity = nulls.length;
    if (ints != null) {
      int[] moved = spare.ints.length < capacity ? new int[capacity] : spare.ints;
      for (int i = 0; i < order.length; i++) {
        moved[i] = ints[order[i]];
      }
      spare.ints = ints;
      ints = moved;
    } else if (longs != null) {
      long[] moved = spare.longs.length < capacity ? new long[capacity] : spare.longs;
      for (int i = 0; i < order.length; i++) {
        moved[i] = longs[order[i]];
      }
      spare.longs = longs;
      longs = moved;
    } else if (addresses != null) {
      int bytes = capacity * ADDRESS_BYTES;
      byte[] moved = spare.addresses.length < bytes ? new byte[bytes] : spare.addresses;
      for (int i = 0; i < order.length; i++) {
        int to = i * ADDRESS_BYTES;
        BIG_ENDIAN_LONG.set(moved, to, addressHigh(order[i]));
        BIG_ENDIAN_LONG.set(moved, to + Long.BYTES, addressLow(order[i]));
      }
      spare.addresses = addresses;
      addresses = moved;
    } else {
      byte[][] moved = spare.objects.length < capacity ? new byte[capacity][] : spare.objects;
      for (int i = 0; i < order.length; i++) {
        moved[i] = objects[order[i]];
      }
      Arrays.fill(objects, 0, order.length, null);
      spare.objects = objects;
      objects = moved;
    }
  }

  private void reorderNulls(int[] order, Spare spare) {
    // Its length is the capacity of the column, so none that is longer will do.
    boolean[] moved = spare.nulls.length == nulls.length ? spare.nulls : new boolean[nulls.length];
    for (int i = 0; i < order.length; i++) {
      moved[i] = nulls[order[i]];
    }
    Arrays.fill(nulls, 0, order.length, false);
    spare.nulls = nulls;
    nulls = moved;
  }

  /** Whether all rows hold the same, be it behind a mark of absence. */
  private boolean isConstant() {
    int row = 1;
    if (ints != null) {
      while (row < size && ints[row] == ints[0]) {
        row++;
      }
    } else if (longs != null) {
      while (row < size && longs[row] == longs[0]) {
        row++;
      }
    } else if (addresses != null) {
      while (row < size && isSameAddress(row, 0)) {
        row++;
      }
    } else {
      while (row < size && objects[row] == objects[0]) {
        row++;
      }
    }
    return row >= size;
  }

  private int grow() {
    if (size == nulls.length) {
      enlarge();
    }
    return size++;
  }

  private void enlarge() {
    int capacity = Math.max(16, nulls.length + (nulls.length >> 1));
    nulls = Arrays.copyOf(nulls, capacity);
    if (ints != null) {
      ints = Arrays.copyOf(ints, capacity);
    } else if (longs != null) {
      longs = Arrays.copyOf(longs, capacity);
    } else if (addresses != null) {
      addresses = Arrays.copyOf(addresses, capacity * ADDRESS_BYTES);
    } else {
      objects = Arrays.copyOf(objects, capacity);
    }
  }
}
