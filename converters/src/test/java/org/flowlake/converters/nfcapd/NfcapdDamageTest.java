package org.flowlake.converters.nfcapd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.io.CorruptFlowFileException;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LittleEndian;
import org.flowlake.converters.io.UnsupportedFlowFormatException;
import org.junit.jupiter.api.Test;

/**
 * Thousands of damaged files, the same in every run: each is read to the end, or refused with its
 * name and the place, in bounded time and memory, whatever the policy.
 */
class NfcapdDamageTest {
  private static final int FILES = 2000;
  private static final int LARGEST_SAMPLE = 200_000;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** No record is smaller than a flow record's header, so no file has more flows than this. */
  private static final int MOST_FLOWS_PER_BLOCK =
      BlockCompression.BLOCK_LIMIT / FlowRows.RECORD_HEADER_BYTES;

  @Test
  void damagedSamplesEndInFlowsOrInAnErrorThatNamesThePlace() throws IOException {
    assertSurvives(smallFiles(), FILES, 20240311);
  }

  @Test
  void damagedRealFilesEndInFlowsOrInAnErrorThatNamesThePlace() throws IOException {
    List<byte[]> samples = new ArrayList<>();
    for (Corpus.Entry entry : Corpus.orSkip().nfcapdFiles()) {
      if (!entry.name().contains("tree-") && Files.size(entry.file()) < LARGEST_SAMPLE) {
        samples.add(Files.readAllBytes(entry.file()));
      }
    }
    assertSurvives(samples, FILES, 20240312);
  }

  private static void assertSurvives(List<byte[]> samples, int files, long seed) {
    Random random = new Random(seed);
    int refused = 0;
    int read = 0;
    for (int i = 0; i < files; i++) {
      byte[] damaged = damage(samples, random, i);
      for (DamagePolicy policy : DamagePolicy.values()) {
        long start = System.nanoTime();
        if (survives(damaged, policy)) {
          read++;
        } else {
          refused++;
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("file %d", i).isLessThan(LIMIT);
      }
    }
    assertThat(refused).isGreaterThan(files / 10);
    assertThat(read).isGreaterThan(files / 10);
  }

  /** Whether all of the file was read. Anything but the two named errors fails the test. */
  private static boolean survives(byte[] bytes, DamagePolicy policy) {
    try (NfcapdFile file = NfcapdFile.open(NfcapdBytes.input(bytes), policy)) {
      FlowBatch batch = new FlowBatch(FlowView.ALL_FIELDS, 16);
      FlowReader reader = file.flows(1);
      int before = 0;
      while (reader.readBlock(batch)) {
        assertThat(batch.size() - before).isLessThanOrEqualTo(MOST_FLOWS_PER_BLOCK);
        before = batch.size() > 100_000 ? 0 : batch.size();
        if (before == 0) {
          batch.clear();
        }
      }
      NfcapdInspection inspection = file.inspect();
      assertThat(inspection.records()).isEqualTo(reader.counts().flows());
      assertThat(inspection.skipped()).isEqualTo(reader.counts().skipped());
      return true;
    } catch (CorruptFlowFileException e) {
      assertThat(e).hasMessageMatching("(?s)test\\.nfcapd, offset 0x[0-9A-F]+: .+");
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
      return false;
    } catch (UnsupportedFlowFormatException e) {
      assertThat(e).hasMessageStartingWith("test.nfcapd: is ");
      return false;
    } catch (IOException e) {
      throw new AssertionError("neither flows nor a named error", e);
    }
  }

  private static byte[] damage(List<byte[]> samples, Random random, int kind) {
    byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
    switch (kind % 6) {
      case 0 -> flipBits(bytes, random, 1);
      case 1 -> flipBits(bytes, random, 1 + random.nextInt(40));
      case 2 -> {
        return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 3 -> {
        byte[] other = samples.get(random.nextInt(samples.size()));
        int count = random.nextInt(Math.min(bytes.length, other.length));
        int from = random.nextInt(other.length - count + 1);
        System.arraycopy(other, from, bytes, random.nextInt(bytes.length - count + 1), count);
      }
      case 4 -> hostileNumber(bytes, random.nextInt(bytes.length - 8), random);
      default -> hostileNumber(bytes, headerPlace(bytes, random), random);
    }
    return bytes;
  }

  private static void flipBits(byte[] bytes, Random random, int count) {
    for (int i = 0; i < count; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /** Somewhere in the file's header, the first block's header or the records after it. */
  private static int headerPlace(byte[] bytes, Random random) {
    int first = LittleEndian.u16(bytes, 2) == 1 ? 276 : 40;
    int[] places = {4, 8, 16, 18, 24, 36, first, first + 4, first + 8, first + 12, first + 14};
    int place = random.nextInt(2) == 0 ? first + random.nextInt(80) : places[random.nextInt(11)];
    return Math.min(place, bytes.length - 8);
  }

  private static void hostileNumber(byte[] bytes, int at, Random random) {
    long[] values = {0, 1, 3, 4, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFFL, 5 << 20, (5 << 20) + 1, -1};
    long value = values[random.nextInt(values.length)];
    switch (random.nextInt(3)) {
      case 0 -> LittleEndian.putU16(bytes, at, (int) value);
      case 1 -> LittleEndian.putI32(bytes, at, (int) value);
      default -> LittleEndian.putI64(bytes, at, value);
    }
  }

  /** Both layouts, and every compression that can be written by hand. */
  private static List<byte[]> smallFiles() {
    byte[] flows =
        NfcapdBytes.join(
            NfcapdBytes.flow(NfcapdBytes.generic(), NfcapdBytes.ipv4()),
            NfcapdBytes.flow(NfcapdBytes.generic(), NfcapdBytes.ipv6()));
    byte[] old = NfcapdBytes.join(NfcapdBytes.map(12, 4, 5), NfcapdBytes.oldFlow(new byte[12]));
    List<byte[]> files = new ArrayList<>();
    files.add(
        NfcapdBytes.layoutTwo(
            0, 4, NfcapdBytes.block(3, 2, flows), NfcapdBytes.block(3, 2, flows)));
    files.add(NfcapdBytes.layoutOne(0, NfcapdBytes.block(2, 2, old)));
    for (int flag : new int[] {0x1, 0x10}) {
      byte[] packed = flag == 0x1 ? CompressedBytes.lzo(old) : CompressedBytes.lz4(old);
      files.add(NfcapdBytes.layoutOne(flag, NfcapdBytes.block(2, 2, packed)));
    }
    files.add(NfcapdBytes.layoutOne(0x8, NfcapdBytes.block(2, 2, CompressedBytes.bzip2(old))));
    byte[] zstd = CompressedBytes.zstd(flows);
    byte[] body = NfcapdBytes.block(3, 2, zstd);
    files.add(NfcapdBytes.join(NfcapdBytes.header2(4, 1, 0, 0), body));
    return files;
  }
}
