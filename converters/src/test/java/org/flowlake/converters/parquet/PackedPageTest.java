package org.flowlake.converters.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;

/** Pages as Parquet's own encoders write them. */
class PackedPageTest {
  private static final int SLAB = 1 << 10;
  private static final int FROM = 3;

  private final Random random = new Random(5);
  private final PackedPage page = new PackedPage();

  @Test
  void differencesOfEveryWidth() throws IOException {
    for (int width = 0; width <= Long.SIZE; width++) {
      for (int count : new int[] {1, 2, 31, 33, 128, 129, 130, 1000}) {
        long[] values = new long[count];
        ValuesWriter writer =
            new DeltaBinaryPackingValuesWriterForLong(SLAB, SLAB, new HeapByteBufferAllocator());
        for (int i = 0; i < count; i++) {
          values[i] = width == 0 ? 7 : random.nextLong() >> (Long.SIZE - width);
          writer.writeLong(values[i]);
        }
        byte[] stored = writer.getBytes().toByteArray();
        load(BytesInput.from(stored));
        long[] target = new long[FROM + count];
        page.deltas(target, FROM, count);
        assertThat(Arrays.copyOfRange(target, FROM, FROM + count))
            .as("%d of %d bits", count, width)
            .isEqualTo(values);
        int[] places = random.ints(5, 0, count).distinct().sorted().toArray();
        load(BytesInput.from(stored));
        page.deltas(target, FROM, places, count);
        assertThat(Arrays.copyOfRange(target, FROM, FROM + places.length))
            .as("places %s of %d of %d bits", Arrays.toString(places), count, width)
            .isEqualTo(Arrays.stream(places).mapToLong(place -> values[place]).toArray());
      }
    }
  }

  @Test
  void differencesOf32BitNumbersWrapAround() throws IOException {
    int[] values = random.ints(500).toArray();
    ValuesWriter writer =
        new DeltaBinaryPackingValuesWriterForInteger(SLAB, SLAB, new HeapByteBufferAllocator());
    for (int value : values) {
      writer.writeInteger(value);
    }
    load(writer.getBytes());
    long[] target = new long[values.length];
    page.deltas(target, 0, values.length);
    assertThat(Arrays.stream(target).mapToInt(value -> (int) value).toArray()).isEqualTo(values);
  }

  @Test
  void idsOfEveryWidthRepeatedAndPacked() throws IOException {
    for (int width = 0; width < Integer.SIZE; width++) {
      for (int longestRun : new int[] {1, 4, 300}) {
        long[] values = new long[1003];
        RunLengthBitPackingHybridEncoder encoder =
            new RunLengthBitPackingHybridEncoder(width, SLAB, SLAB, new HeapByteBufferAllocator());
        for (int i = 0, left = 0; i < values.length; i++, left--) {
          left = left > 0 ? left : 1 + random.nextInt(longestRun);
          boolean repeats = i > 0 && left > 1;
          values[i] = repeats ? values[i - 1] : random.nextLong() & ((1L << width) - 1);
          encoder.writeInt((int) values[i]);
        }
        byte[] stored =
            BytesInput.concat(BytesInput.from(new byte[] {(byte) width}), encoder.toBytes())
                .toByteArray();
        load(BytesInput.from(stored));
        long[] target = new long[FROM + values.length];
        page.ids(target, FROM, values.length);
        assertThat(Arrays.copyOfRange(target, FROM, target.length))
            .as("%d bits", width)
            .isEqualTo(values);
        int[] places = random.ints(50, 0, values.length).distinct().sorted().toArray();
        load(BytesInput.from(stored));
        page.ids(target, FROM, places);
        assertThat(Arrays.copyOfRange(target, FROM, FROM + places.length))
            .as("%d bits", width)
            .isEqualTo(Arrays.stream(places).mapToLong(place -> values[place]).toArray());
      }
    }
  }

  @Test
  void pagesThatEndEarlyAreRefused() throws IOException {
    ValuesWriter writer =
        new DeltaBinaryPackingValuesWriterForLong(SLAB, SLAB, new HeapByteBufferAllocator());
    random.longs(200).forEach(writer::writeLong);
    byte[] whole = writer.getBytes().toByteArray();
    // What a longer page left behind must not be read.
    load(BytesInput.from(whole));
    load(BytesInput.from(Arrays.copyOf(whole, 1000)));
    assertThatThrownBy(() -> page.deltas(new long[200], 0, 200))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("A page of 1000 bytes ends before byte 1\\d\\d\\d");
    load(BytesInput.from(whole));
    assertThatThrownBy(() -> page.deltas(new long[200], 0, 199))
        .isInstanceOf(IOException.class)
        .hasMessage("A page has 200 numbers in blocks of 128, 4 parts each, where there are 199");
  }

  private void load(BytesInput bytes) throws IOException {
    page.load(ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes.toByteArray())));
  }
}
