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
    DictionaryPage stored = pages.readDictionaryPage();
    Dictionary dictionary = null;
    if (stored != null) {
      dictionary = stored.getEncoding().initDictionary(column, stored);
      takeDictionary(dictionary);
    }
    int row = 0;
    while (row < needed) {
      DataPage page = pages.readPage();
      if (page == null) {
        throw new IOException("Column " + name + " ends at row " + row + " of " + count);
      }
      if (page.getValueCount() > count - row) {
        throw new IOException(
            "Column " + name + " has more than the " + count + " rows of its row group");
      }
      if (page instanceof DataPageV2 second) {
        read(second, column, dictionary, row);
      } else {
        read((DataPageV1) page, column, dictionary, row);
      }
      row += page.getValueCount();
    }
    rows = row;
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
      RunLengthBitPackingHybridDecoder levels =
          new RunLengthBitPackingHybridDecoder(1, page.getDefinitionLevels().toInputStream());
      for (int i = row; i < row + count; i++) {
        absent[i] = levels.readInt() == 0;
      }
    }
    ByteBufferInputStream bytes = page.getData().toInputStream();
    Page values = new Page(column, page.getDataEncoding(), dictionary, bytes, room, count);
    decodePresent(values, row, count, page.getNullCount());
  }

  private void read(DataPageV1 page, ColumnDescriptor column, Dictionary dictionary, int row)
      throws IOException {
    int count = page.getValueCount();
    ByteBufferInputStream bytes = page.getBytes().toInputStream();
    page.getRlEncoding()
        .getValuesReader(column, ValuesType.REPETITION_LEVEL)
        .initFromPage(count, bytes);
    ValuesReader levels = page.getDlEncoding().getValuesReader(column, ValuesType.DEFINITION_LEVEL);
    levels.initFromPage(count, bytes);
    int nulls = 0;
    if (column.getMaxDefinitionLevel() > 0) {
      markAbsent(row, row + count);
      for (int i = row; i < row + count; i++) {
        absent[i] = levels.readInteger() == 0;
        nulls += absent[i] ? 1 : 0;
      }
    }
    Page values = new Page(column, page.getValueEncoding(), dictionary, bytes, room, count);
    decodePresent(values, row, count, nulls);
  }

  private void decodePresent(Page values, int row, int count, int nulls) throws IOException {
    int present = count - nulls;
    if (present > 0) {
      decode(values, row, present);
    }
    if (nulls > 0) {
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
}
