package org.flowlake.converters.parquet.write;

import java.util.Arrays;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.BytesInput;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Encoding;
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.DictionaryPage;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.Statistics;

/** Values that are one word or two each, with a dictionary where that is shorter than they are. */
abstract sealed class WordBuffer extends ColumnBuffer permits NumberBuffer, AddressBuffer {
  private static final int FIRST_CAPACITY = 1 << 10;

  private final int wordsEach;

  /** Bytes of a value in Parquet's plain encoding. */
  private final int plainBytesEach;

  private final int mostInDictionary;
  private final WordDictionary dictionary;
  private final PageBytes bytes;
  private long[] words = new long[FIRST_CAPACITY];
  private int size;
  private boolean usesDictionary;

  WordBuffer(
      ColumnDescriptor column,
      ParquetProperties properties,
      EncodingMemory memory,
      int wordsEach,
      int plainBytesEach) {
    super(column, properties, memory);
    this.dictionary = memory.dictionary();
    this.bytes = memory.values();
    this.wordsEach = wordsEach;
    this.plainBytesEach = plainBytesEach;
    this.mostInDictionary =
        properties.isDictionaryEnabled(column)
            ? properties.getDictionaryPageSizeThreshold() / plainBytesEach
            : 0;
  }

  final void addWord(long word) {
    if (size == words.length) {
      words = Arrays.copyOf(words, size * 2);
    }
    words[size++] = word;
  }

  @Override
  final long plainBytes() {
    return (long) present() * plainBytesEach;
  }

  @Override
  final void startPages() {
    int count = present();
    usesDictionary = false;
    if (count > 0 && mostInDictionary > 0) {
      int most = mostWorthwhile(count, bytesWithoutDictionary(words, count));
      usesDictionary = dictionary.load(words, count, wordsEach, Math.min(most, mostInDictionary));
    }
  }

  /** A dictionary of so many values, with the places of all in it, is shorter than without. */
  private int mostWorthwhile(int count, long bytesWithout) {
    int most = 0;
    for (int width = 0; width < Integer.SIZE; width++) {
      long room = bytesWithout - (long) count * width / Byte.SIZE;
      if (room > (long) most * plainBytesEach) {
        most = (int) Math.min(1L << width, room / plainBytesEach);
      }
    }
    return most;
  }

  /** Bits of a place in the dictionary. */
  private int width() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(dictionary.size() - 1);
  }

  @Override
  final Encoding encoding() {
    return usesDictionary ? Encoding.RLE_DICTIONARY : encodingWithoutDictionary();
  }

  @Override
  final BytesInput encode(int from, int to, Statistics<?> statistics) {
    if (from < to) {
      describe(words, from, to, statistics);
    }
    bytes.clear();
    if (usesDictionary) {
      bytes.add(width());
      RunEncoder.encode(dictionary.places(), from, to, width(), bytes);
    } else {
      encode(words, from, to, bytes);
    }
    return bytes.written();
  }

  @Override
  final void endPage() {
    bytes.clear();
  }

  @Override
  final DictionaryPage dictionary() {
    if (!usesDictionary) {
      return null;
    }
    bytes.clear();
    addPlain(dictionary.words(), dictionary.size(), bytes);
    return new DictionaryPage(bytes.written(), dictionary.size(), Encoding.PLAIN);
  }

  @Override
  final void clear() {
    size = 0;
  }

  abstract Encoding encodingWithoutDictionary();

  /** About so many bytes the values take without a dictionary; they are one at least. */
  abstract long bytesWithoutDictionary(long[] words, int count);

  /** Gives the least and the greatest of some values, which are one at least. */
  abstract void describe(long[] words, int from, int to, Statistics<?> statistics);

  /** Encodes values from..to, without a dictionary. */
  abstract void encode(long[] words, int from, int to, PageBytes target);

  /** Encodes the values of a dictionary. */
  abstract void addPlain(long[] words, int count, PageBytes target);
}
