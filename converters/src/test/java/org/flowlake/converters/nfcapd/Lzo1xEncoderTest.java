package org.flowlake.converters.nfcapd;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.lzo.LzoDecompressor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams are read by this decoder and by another implementation. */
class Lzo1xEncoderTest {
  @Test
  void bytesOfAnyKindComeBack() throws DamagedBlockException {
    Random random = new Random(3);
    for (int i = 0; i < 3000; i++) {
      byte[] text = new byte[random.nextInt(i < 2000 ? 700 : 150_000)];
      int variety = 1 + random.nextInt(60);
      int period = 1 + random.nextInt(60_000);
      int repeats = random.nextInt(12);
      for (int j = 0; j < text.length; j++) {
        text[j] =
            (byte)
                (j >= period && random.nextInt(12) < repeats
                    ? text[j - period]
                    : random.nextInt(variety));
      }
      assertComesBack(text);
    }
  }

  @Test
  void runsOfEveryLengthComeBack() throws DamagedBlockException {
    for (int length = 0; length < 1200; length++) {
      byte[] noise = new byte[length];
      new Random(length).nextBytes(noise);
      assertComesBack(noise);
      byte[] twice = Arrays.copyOf(noise, 2 * length);
      System.arraycopy(noise, 0, twice, length, length);
      assertComesBack(twice);
      assertComesBack(new byte[length]);
    }
  }

  @Test
  void matchesAsFarAsTheyMayBeComeBack() throws DamagedBlockException {
    for (int distance : new int[] {0x7FF, 0x800, 0x801, 0x3FFF, 0x4000, 0x4001, 0xBFFF, 0xC000}) {
      byte[] text = new byte[distance + 40];
      new Random(distance).nextBytes(text);
      System.arraycopy(text, 0, text, distance, 40);
      assertComesBack(text);
    }
  }

  @Test
  void recordsBecomeMuchShorter() {
    byte[] records = new byte[100 * 1000];
    Random random = new Random(5);
    for (int i = 0; i < records.length; i++) {
      records[i] = i % 100 < 12 ? (byte) random.nextInt() : (byte) (i % 100);
    }
    assertThat(Lzo1xEncoder.encode(records, records.length).length).isLessThan(20_000);
  }

  private static void assertComesBack(byte[] text) throws DamagedBlockException {
    byte[] packed = Lzo1xEncoder.encode(text, text.length);
    byte[] out = new byte[text.length];
    assertThat(Lzo1xDecoder.decode(packed, 0, packed.length, out)).isEqualTo(text.length);
    assertThat(out).isEqualTo(text);
    if (text.length == 0) {
      return; // the other one does not know an empty stream
    }
    byte[] other = new byte[text.length + 64];
    int size = new LzoDecompressor().decompress(packed, 0, packed.length, other, 0, text.length);
    assertThat(Arrays.copyOf(other, size)).isEqualTo(text);
  }
}
