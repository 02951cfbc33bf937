package org.flowlake.converters.parquet.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.iceberg.shaded.org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.iceberg.shaded.org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;

/** What the encoders write, read by parquet-java's decoders. */
class PageEncodingTest {
  @Property(tries = 500)
  void runsAreReadBack(
      @ForAll long seed,
      @ForAll @IntRange(max = 32) int width,
      @ForAll @IntRange(max = 700) int count,
      @ForAll @IntRange(min = 1, max = 60) int longestRun)
      throws IOException {
    Random random = new Random(seed);
    long[] numbers = new long[count];
    int at = 0;
    while (at < count) {
      long number = random.nextLong() & (1L << width) - 1;
      for (int end = Math.min(count, at + 1 + random.nextInt(longestRun)); at < end; at++) {
        numbers[at] = number;
      }
    }
    int from = count / 10;
    PageBytes encoded = new PageBytes();

    RunEncoder.encode(numbers, from, count, width, encoded);

    ByteBufferInputStream bytes = encoded.written().toInputStream();
    RunLengthBitPackingHybridDecoder decoder = new RunLengthBitPackingHybridDecoder(width, bytes);
    for (int i = from; i < count; i++) {
      assertThat(decoder.readInt()).as("number %d", i).isEqualTo((int) numbers[i]);
    }
    assertThat(bytes.available()).isZero();
  }

  @Property(tries = 500)
  void differencesOf64BitsAreReadBack(
      @ForAll long seed,
      @ForAll @IntRange(max = 64) int width,
      @ForAll @IntRange(max = 700) int count)
      throws IOException {
    long[] numbers = numbers(seed, width, count);
    PageBytes encoded = new PageBytes();

    new DeltaEncoder().encode(numbers, 0, count, true, encoded);

    DeltaBinaryPackingValuesReader reader = reader(encoded, count);
    for (int i = 0; i < count; i++) {
      assertThat(reader.readLong()).as("number %d", i).isEqualTo(numbers[i]);
    }
  }

  @Property(tries = 500)
  void differencesOf32BitsAreReadBackAndHaveNoMore(
      @ForAll long seed,
      @ForAll @IntRange(max = 32) int width,
      @ForAll @IntRange(min = 2, max = 700) int count)
      throws IOException {
    long[] numbers = numbers(seed, width, count);
    for (int i = 0; i < count; i++) {
      numbers[i] = (int) numbers[i];
    }
    PageBytes encoded = new PageBytes();

    new DeltaEncoder().encode(numbers, 0, count, false, encoded);

    DeltaBinaryPackingValuesReader reader = reader(encoded, count);
    for (int i = 0; i < count; i++) {
      assertThat(reader.readInteger()).as("number %d", i).isEqualTo((int) numbers[i]);
    }
    int blocks = (count - 1 + 127) / 128;
    assertThat(encoded.written().size()).isLessThanOrEqualTo(20 + blocks * (10 + 4 + 128L * 4));
  }

  private static long[] numbers(long seed, int width, int count) {
    Random random = new Random(seed);
    long start = random.nextLong();
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      // No random bits of this width, or all of them.
      numbers[i] = start + (width == 0 ? 0 : random.nextLong() >>> Long.SIZE - width);
    }
    return numbers;
  }

  private static DeltaBinaryPackingValuesReader reader(PageBytes encoded, int count)
      throws IOException {
    DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
    reader.initFromPage(count, encoded.written().toInputStream());
    return reader;
  }
}
