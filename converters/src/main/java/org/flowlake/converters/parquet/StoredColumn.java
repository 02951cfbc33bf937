package org.flowlake.converters.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.schema.PrimitiveType;

/**
 * One column of a row group, decoded whole. An absent value is 0 beside the mark that it is absent.
 * Holds one row group at a time and its memory for the next one.
 */
public abstract sealed class StoredColumn
    permits NumberColumn, AddressColumn, BytesColumn, WantedColumn {
  private final String name;
  private boolean[] absent = {};
  private boolean someAbsent;
  private boolean allAbsent;
  private boolean constant;
  private int rows;
  private final PackedPage room = new PackedPage();

  StoredColumn(String name) {
    this.name = name;
  }

  /** The column's name in the file. */
  public String name() {
    return name;
  }

  /** Whether values of this type can be read. */
  abstract boolean accepts(PrimitiveType type);

  /** Makes room for so many rows, which need not be alike; what it holds is left open. */
  abstract void reserve(int count);

  /** Takes the value of all rows; null for none. */
  abstract void fill(Statistics<?> valueInMin);

  abstract void takeDictionary(Dictionary dictionary);

  /** Decodes values that are there into rows that follow each other. */
  abstract void decode(Page page, int from, int present) throws IOException;

  /**
   * Decodes some of a page's values into rows that follow each other.
   *
   * @param places of these values among those that are there, ascending
   * @param present how many are there
   */
  abstract void pick(Page page, int from, int[] places, int present) throws IOException;

  /** Moves a value to another row. */
  abstract void move(int from, int to);

  abstract void clear(int row);

  /** The value of a row, 0 where it is absent: the first or only word, or the second one. */
  public abstract long word(int row, int index);

  /** Marks the rows, of so many, whose value or 0 differs from that of the row before. */
  abstract void markDifferent(boolean[] changed, int count);

  /** What a page's values are decoded from. */
  record Page(
      ColumnDescriptor column,
      Encoding encoding,
      Dictionary dictionary,
      ByteBufferInputStream bytes,
      PackedPage room,
      int rows) {
    /** The page's bytes, for encodings that are decoded whole. */
    PackedPage packed() throws IOException {
      room.load(bytes);
      return room;
    }

    ValuesReader values() throws IOException {
      ValuesReader reader =
          encoding.usesDictionary()
              ? encoding.getDictionaryBasedValuesReader(column, ValuesType.VALUES, dictionary)
              : encoding.getValuesReader(column, ValuesType.VALUES);
      reader.initFromPage(rows, bytes);
      return reader;
    }

    /** What gives the values at these places, one after another, once {@link #next} was called. */
    Picked picked(int[] places) throws IOException {
      return new Picked(values(), places);
    }
  }

  /** A reader that goes from one place of a page to a later one. */
  static final class Picked {
    private final ValuesReader reader;
    private final int[] places;
    private int place;
    private int at;

    private Picked(ValuesReader reader, int[] places) {
      this.reader = reader;
      this.places = places;
    }

    /** The reader, in front of the next value. */
    ValuesReader next() {
      for (; at < places[place]; at++) {
        reader.skip();
      }
      at++;
      place++;
      return reader;
    }
  }

  /** Whether the row has no value. */
  public final boolean isAbsent(int row) {
    return allAbsent || someAbsent && absent[row];
  }

  /** Whether all rows are alike. */
  public final boolean isConstant() {
    return constant;
  }

  /** Marks the rows whose value is another than that of the row before. */
  public final void markChanges(boolean[] changed) {
    if (constant) {
      return;
    }
    markDifferent(changed, rows);
    if (someAbsent) {
      for (int row = 1; row < rows; row++) {
        changed[row] |= absent[row] != absent[row - 1];
      }
    }
  }

  /** All rows are without value. */
  final void setAbsent(int count) {
    start(count);
    constant = true;
    allAbsent = true;
    fill(null);
  }

  /** All rows have the value that is the smallest in the statistics. */
  final void setConstant(int count, Statistics<?> statistics) {
    start(count);
    constant = true;
    fill(statistics);
  }

  /** Reads the pages of the column in one row group, of so many rows, until it has those needed. */
  final void read(PageReader pages, ColumnDescriptor column, int count, int needed)
      throws IOException {
    start(count);
    reserve(count);
    Dictionary dictionary = dictionary(pages, column);
    int row = 0;
    while (row < needed) {
      DataPage page = page(pages, row, count);
      if (page instanceof DataPageV2 second) {
        read(second, column, dictionary, row);
      } else {
        read((DataPageV1) page, column, dictionary, row);
      }
      row += page.getValueCount();
    }
    rows = row;
  }

  /**
   * Reads some rows of the column in one row group: the first one of these is row 0 then, and so
   * on.
   *
   * @param count rows of the row group
   * @param picked ascending
   */
  final void pick(PageReader pages, ColumnDescriptor column, int count, int[] picked)
      throws IOException {
    start(picked.length);
    reserve(picked.length);
    Dictionary dictionary = dictionary(pages, column);
    int before = 0;
    int done = 0;
    while (done < picked.length) {
      DataPage page = page(pages, before, count);
      int end = done;
      while (end < picked.length && picked[end] < before + page.getValueCount()) {
        end++;
      }
      if (end > done) {
        int first = before;
        int[] inPage = Arrays.stream(picked, done, end).map(row -> row - first).toArray();
        pick(page, column, dictionary, done, inPage);
      }
      done = end;
      before += page.getValueCount();
    }
  }

  private Dictionary dictionary(PageReader pages, ColumnDescriptor column) throws IOException {
    DictionaryPage stored = pages.readDictionaryPage();
    if (stored == null) {
      return null;
    }
    Dictionary dictionary = stored.getEncoding().initDictionary(column, stored);
    takeDictionary(dictionary);
    return dictionary;
  }

  /** The next page, which begins at a row of so many. */
  private DataPage page(PageReader pages, int row, int count) throws IOException {
    DataPage page = pages.readPage();
    if (page == null) {
      throw new IOException("Column " + name + " ends at row " + row + " of " + count);
    }
    if (page.getValueCount() > count - row) {
      throw new IOException(
          "Column " + name + " has more than the " + count + " rows of its row group");
    }
    return page;
  }

  private void start(int count) {
    rows = count;
    someAbsent = false;
    allAbsent = false;
    constant = false;
  }

  private void markAbsent(int from, int to) {
    if (absent.length < rows) {
      absent = new boolean[rows];
    } else if (!someAbsent) {
      Arrays.fill(absent, 0, rows, false);
    }
    someAbsent = true;
    Arrays.fill(absent, from, to, true);
  }

  private void read(DataPageV2 page, ColumnDescriptor column, Dictionary dictionary, int row)
      throws IOException {
    int count = page.getValueCount();
    if (page.getNullCount() > 0) {
      markAbsent(row, row + count);
      Levels levels = levels(page);
      for (int i = row; i < row + count; i++) {
        absent[i] = levels.next() == 0;
      }
    }
    decodePresent(values(page, column, dictionary), row, count, page.getNullCount());
  }

  private void read(DataPageV1 page, ColumnDescriptor column, Dictionary dictionary, int row)
      throws IOException {
    int count = page.getValueCount();
    ByteBufferInputStream bytes = page.getBytes().toInputStream();
    Levels levels = levels(page, column, bytes);
    int nulls = 0;
    if (column.getMaxDefinitionLevel() > 0) {
      markAbsent(row, row + count);
      for (int i = row; i < row + count; i++) {
        absent[i] = levels.next() == 0;
        nulls += absent[i] ? 1 : 0;
      }
    }
    Page values = new Page(column, page.getValueEncoding(), dictionary, bytes, room, count);
    decodePresent(values, row, count, nulls);
  }

  /** Says of row after row of a page whether it has a value, 1, or none, 0. */
  private interface Levels {
    int next() throws IOException;
  }

  private static Levels levels(DataPageV2 page) throws IOException {
    return new RunLengthBitPackingHybridDecoder(1, page.getDefinitionLevels().toInputStream())
        ::readInt;
  }

  /** Leaves the bytes where the values begin. */
  private static Levels levels(
      DataPageV1 page, ColumnDescriptor column, ByteBufferInputStream bytes) throws IOException {
    int count = page.getValueCount();
    page.getRlEncoding()
        .getValuesReader(column, ValuesType.REPETITION_LEVEL)
        .initFromPage(count, bytes);
    ValuesReader levels = page.getDlEncoding().getValuesReader(column, ValuesType.DEFINITION_LEVEL);
    levels.initFromPage(count, bytes);
    return levels::readInteger;
  }

  private Page values(DataPageV2 page, ColumnDescriptor column, Dictionary dictionary)
      throws IOException {
    ByteBufferInputStream bytes = page.getData().toInputStream();
    return new Page(column, page.getDataEncoding(), dictionary, bytes, room, page.getValueCount());
  }

  /**
   * Reads rows of a page.
   *
   * @param from where the first one goes
   * @param picked rows of the page
   */
  private void pick(
      DataPage page, ColumnDescriptor column, Dictionary dictionary, int from, int[] picked)
      throws IOException {
    Page values;
    Levels levels;
    boolean hasLevels;
    if (page instanceof DataPageV2 second) {
      hasLevels = second.getNullCount() > 0;
      levels = levels(second);
      values = values(second, column, dictionary);
    } else {
      DataPageV1 first = (DataPageV1) page;
      hasLevels = column.getMaxDefinitionLevel() > 0;
      ByteBufferInputStream bytes = first.getBytes().toInputStream();
      levels = levels(first, column, bytes);
      values =
          new Page(
              column, first.getValueEncoding(), dictionary, bytes, room, first.getValueCount());
    }
    if (!hasLevels) {
      pick(values, from, picked, page.getValueCount());
      return;
    }
    markAbsent(from, from + picked.length);
    int[] places = new int[picked.length];
    int next = 0;
    int found = 0;
    int present = 0;
    for (int row = 0; row < page.getValueCount(); row++) {
      boolean isThere = levels.next() != 0;
      if (next < picked.length && row == picked[next]) {
        absent[from + next] = !isThere;
        next++;
        if (isThere) {
          places[found++] = present;
        }
      }
      present += isThere ? 1 : 0;
    }
    if (found > 0) {
      pick(values, from, Arrays.copyOf(places, found), present);
    }
    spread(from, picked.length, found);
  }

  private void decodePresent(Page values, int row, int count, int nulls) throws IOException {
    int present = count - nulls;
    if (present > 0) {
      decode(values, row, present);
    }
    spread(row, count, present);
  }

  /** Moves values, which stand one after another, to the rows that have one. */
  private void spread(int row, int count, int present) {
    if (present == count) {
      return;
    }
    int from = row + present;
    for (int to = row + count - 1; to >= row; to--) {
      if (absent[to]) {
        clear(to);
      } else {
        from--;
        move(from, to);
      }
    }
  }
}
