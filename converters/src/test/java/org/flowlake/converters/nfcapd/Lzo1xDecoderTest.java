package org.flowlake.converters.nfcapd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.lzo.LzoCompressor;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams written by hand from the instruction table, and by another implementation. */
class Lzo1xDecoderTest {
  @Test
  void literalsAndTheShortMatchAreDecoded() throws DamagedBlockException {
    // 0x15: 4 literals; 0x6C 0x00: copy 4 from distance 4; end.
    assertThat(decode("15 61626364 6C 00 11 00 00", 16)).isEqualTo("abcdabcd");
    // 0x2A: copy 12 from a distance of 2 bytes (u16 4 >> 2, + 1); it overlaps what it writes.
    assertThat(decode("13 6162 2A 04 00 11 00 00", 32)).isEqualTo("abababababababab".substring(2));
  }

  @Test
  void instruction0x11WithADistanceIsAMatch() throws DamagedBlockException {
    byte[] out = new byte[40_000];
    byte[] literals = new byte[20_000];
    new Random(1).nextBytes(literals);
    byte[] run = CompressedBytes.lzo(literals);
    byte[] tail = HexFormat.of().parseHex("110400110000");
    byte[] stream = Arrays.copyOf(run, run.length + 3);
    System.arraycopy(tail, 0, stream, run.length - 3, 6);
    int size = Lzo1xDecoder.decode(stream, 0, stream.length, out);
    assertThat(size).isEqualTo(20_003);
    assertThat(Arrays.copyOfRange(out, 20_000, 20_003))
        .isEqualTo(Arrays.copyOfRange(literals, 20_000 - 16385, 20_003 - 16385));
  }

  @Test
  void streamsOfAnotherImplementationAreDecoded() throws DamagedBlockException {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] text = new byte[1 + random.nextInt(60_000)];
      int variety = 1 + random.nextInt(40);
      for (int j = 0; j < text.length; j++) {
        text[j] =
            (byte) (j > 300 && random.nextInt(9) > 0 ? text[j - 297] : random.nextInt(variety));
      }
      LzoCompressor compressor = new LzoCompressor();
      byte[] packed = new byte[compressor.maxCompressedLength(text.length)];
      int size = compressor.compress(text, 0, text.length, packed, 0, packed.length);
      byte[] out = new byte[text.length];
      assertThat(Lzo1xDecoder.decode(packed, 0, size, out)).isEqualTo(text.length);
      assertThat(out).isEqualTo(text);
    }
  }

  @Test
  void streamsThatLeaveTheirBoundsAreRefused() {
    assertThatThrownBy(() -> decode("15 61626364 6C 00", 16))
        .hasMessage("LZO stream without end marker");
    assertThatThrownBy(() -> decode("15 61626364 6C 01 11 00 00", 16))
        .hasMessage("LZO stream does not fit its bounds");
    assertThatThrownBy(() -> decode("15 61626364 6C 00 11 00 00", 6))
        .hasMessage("LZO stream does not fit its bounds");
    assertThatThrownBy(() -> decode("FF 61", 400)).hasMessage("LZO stream does not fit its bounds");
    assertThatThrownBy(() -> decode("15 61626364 11 00 00 00", 16))
        .hasMessage("1 bytes after the end of the LZO stream");
  }

  private static String decode(String hex, int outputBytes) throws DamagedBlockException {
    byte[] stream = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] out = new byte[outputBytes];
    int size = Lzo1xDecoder.decode(stream, 0, stream.length, out);
    return new String(out, 0, size, java.nio.charset.StandardCharsets.US_ASCII);
  }
}
