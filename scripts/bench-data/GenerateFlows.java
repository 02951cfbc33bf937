import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Random;

/**
 * Writes a made-up archive of nfcapd files (layout 2, uncompressed), hourly ones if not told
 * otherwise, for measurements of scale: Zipf-distributed hosts, a daily load curve, some IPv6, scans
 * and one beacon.
 *
 * <p>Usage: {@code java GenerateFlows.java FOLDER DAYS FLOWS_PER_DAY [SEED [MINUTES_PER_FILE
 * [distinct]]]}. The same arguments make the same bytes. Compress with {@code nfdump -J 3 -r FILE}.
 * Files that are there already stay as they are, so a run that was ended goes on where it was; a file
 * has its name when it is whole.
 *
 * <p>With {@code distinct} every flow comes from a host of its own, so that there are as many source
 * addresses, and combinations with one, as flows: the worst that can be asked of an aggregation.
 */
public final class GenerateFlows {
  private static final int INSIDE_HOSTS = 4_000;
  private static final int OUTSIDE_HOSTS = 400_000;
  private static final double IPV6_SHARE = 0.08;
  private static final double SCAN_SHARE = 0.02;
  private static final long FIRST_DAY_MILLIS = 1_709_251_200_000L; // 2024-03-01 UTC
  private static final long MINUTE_MILLIS = 60_000L;
  private static final int MINUTES_PER_HOUR = 60;
  private static final int BLOCK_BYTES = 1 << 20;

  /** IPv4 addresses from 11.0.0.0 to 126.255.255.255, and a number without a divisor of it. */
  private static final int PUBLIC_ADDRESSES = 0x74000000;

  private static final long SPREAD = 0x9E3779B1L;
  private static final int[] SERVICES = {443, 443, 443, 443, 80, 80, 53, 53, 123, 25, 993, 22, 8080};

  private final Random random;
  private final boolean distinct;
  private final double[] insideRanks = zipf(INSIDE_HOSTS, 0.9);
  private final double[] outsideRanks = zipf(OUTSIDE_HOSTS, 1.05);
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  // The statistics record: flows, bytes, packets, then flows, bytes, packets by protocol.
  private final long[] statistics = new long[15];
  private long firstMillis;
  private long lastMillis;
  private int records;
  private int blocks;
  private int nextHost;

  private GenerateFlows(long seed, boolean distinct) {
    this.random = new Random(seed);
    this.distinct = distinct;
  }

  public static void main(String[] args) throws IOException {
    boolean distinct = args.length == 6 && args[5].equals("distinct");
    if (args.length < 3 || args.length > 6 || args.length == 6 && !distinct) {
      System.err.println(
          "usage: java GenerateFlows.java FOLDER DAYS FLOWS_PER_DAY"
              + " [SEED [MINUTES_PER_FILE [distinct]]]");
      System.exit(2);
    }
    long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
    GenerateFlows generator = new GenerateFlows(seed, distinct);
    int minutes = args.length > 4 ? Integer.parseInt(args[4]) : MINUTES_PER_HOUR;
    int files = Integer.parseInt(args[1]) * 24 * MINUTES_PER_HOUR / minutes;
    long perDay = Long.parseLong(args[2]);
    for (int file = 0; file < files; file++) {
      // Least load at 04:00, most at 16:00 UTC.
      int hour = file * minutes / MINUTES_PER_HOUR;
      double load = 1 - 0.8 * Math.cos((hour % 24 - 4) * Math.PI / 12);
      long flows = Math.round(perDay / 24.0 / MINUTES_PER_HOUR * minutes * load);
      long millis = minutes * MINUTE_MILLIS;
      generator.writeFile(Path.of(args[0]), FIRST_DAY_MILLIS + file * millis, millis, flows);
    }
  }

  private void writeFile(Path folder, long start, long millis, long flows)
      throws IOException {
    String day =
        DateTimeFormatter.ofPattern("yyyy/MM/dd")
            .withZone(ZoneOffset.UTC)
            .format(Instant.ofEpochMilli(start));
    String name =
        DateTimeFormatter.ofPattern("'nfcapd.'yyyyMMddHHmm")
            .withZone(ZoneOffset.UTC)
            .format(Instant.ofEpochMilli(start));
    Path file = folder.resolve(day).resolve(name);
    Files.createDirectories(file.getParent());
    // Made all the same: what follows depends on how often the random numbers were asked.
    boolean isThere = Files.exists(file);
    Path unfinished = file.resolveSibling(name + ".part");
    Arrays.fill(statistics, 0);
    firstMillis = Long.MAX_VALUE;
    lastMillis = 0;
    blocks = 0;
    long appendix = 40;
    try (OutputStream out =
        isThere ? OutputStream.nullOutputStream() : Files.newOutputStream(unfinished)) {
      out.write(new byte[40]);
      for (long i = 0; i < flows; i++) {
        if (block.remaining() < 256) {
          appendix += flush(out, 3);
        }
        writeFlow(start + i * millis / flows);
      }
      if (records > 0) {
        appendix += flush(out, 3);
      }
      writeAppendix(out);
    }
    if (isThere) {
      return;
    }
    ByteBuffer header = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort((short) 0xA50C).putShort((short) 2).putInt(0x01070800).putLong(start / 1000);
    header.put((byte) 0).put((byte) 0).putShort((short) 1).putInt(1);
    header.putLong(appendix).putInt(0).putInt(blocks - 1);
    try (var channel = Files.newByteChannel(unfinished, java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(header.flip());
    }
    Files.move(unfinished, file);
  }

  private void writeFlow(long exported) {
    boolean ipv6 = random.nextDouble() < IPV6_SHARE;
    boolean scan = random.nextDouble() < SCAN_SHARE;
    boolean outgoing = random.nextBoolean() && !distinct;
    int inside = pick(insideRanks);
    int outside = scan ? random.nextInt(OUTSIDE_HOSTS) : pick(outsideRanks);
    if (distinct) {
      outside = nextHost++;
    }
    int service = scan ? 1 + random.nextInt(1024) : SERVICES[random.nextInt(SERVICES.length)];
    int client = 32_768 + random.nextInt(28_000);
    int proto = service == 53 || service == 123 ? 17 : random.nextInt(50) == 0 ? 1 : 6;
    long packets = scan ? 1 : 1 + (long) Math.exp(random.nextGaussian() * 1.5 + 1.2);
    long bytes = packets * (40 + (long) (random.nextDouble() * random.nextDouble() * 1_460));
    long duration = packets == 1 ? 0 : (long) Math.exp(random.nextGaussian() * 2 + 6) % 300_000;
    long last = exported - random.nextInt(15_000);
    int start = block.position();
    block.putShort((short) 11).putShort((short) 0).putShort((short) 6);
    block.put((byte) 0).put((byte) 0).putShort((short) 1).put((byte) 0).put((byte) 9);
    block.putShort((short) 1).putShort((short) 52);
    block.putLong(last - duration).putLong(last).putLong(exported).putLong(packets).putLong(bytes);
    boolean icmp = proto == 1;
    block.putShort((short) (icmp ? 0 : outgoing ? client : service));
    block.putShort((short) (icmp ? 0x0800 : outgoing ? service : client));
    block.put((byte) (icmp && ipv6 ? 58 : proto));
    block.put((byte) (proto == 6 ? scan ? 2 : 27 : 0)).put((byte) 64).put((byte) 0);
    writeAddresses(ipv6, outgoing ? inside : -1 - outside, outgoing ? -1 - outside : inside);
    block.putShort((short) 4).putShort((short) 20);
    block.putInt(outgoing ? 1 : 2).putInt(outgoing ? 2 : 1);
    block.put((byte) 24).put((byte) 16).put((byte) 0).put((byte) 0).putInt(0);
    block.putShort((short) 7).putShort((short) 12);
    int as = 1_000 + Integer.remainderUnsigned(outside * 0x9E3779B1, 3_000);
    block.putInt(outgoing ? 65_001 : as).putInt(outgoing ? as : 65_001);
    block.putShort((short) 10).putShort((short) 8).putInt(0xC0000201);
    block.putShort((short) 12).putShort((short) 8).putInt(0xC0000202);
    block.putShort(start + 2, (short) (block.position() - start));
    records++;
    count(icmp, proto, packets, bytes);
    firstMillis = Math.min(firstMillis, last - duration);
    lastMillis = Math.max(lastMillis, last);
  }

  /** Hosts from 0 up are inside, those below are outside. */
  private void writeAddresses(boolean ipv6, int src, int dst) {
    block.putShort((short) (ipv6 ? 3 : 2)).putShort((short) (ipv6 ? 36 : 12));
    for (int host : new int[] {src, dst}) {
      if (ipv6) {
        block.putLong(host >= 0 ? 0x20010DB800000000L : 0x2600000000000000L + (-1L - host));
        block.putLong(host >= 0 ? host + 1L : interfaceId(host));
      } else {
        block.putInt(host >= 0 ? 0x0A010000 + host : outsideAddress(-1 - host));
      }
    }
  }

  /**
   * The last 64 bits of an outside address. They differ from host to host: nfdump's statistics hash
   * an address by these bits alone.
   */
  private static long interfaceId(int host) {
    return host * 0x9E3779B97F4A7C15L >>> 8;
  }

  private int outsideAddress(int host) {
    return distinct
        ? 0x0B000000 + (int) (host * SPREAD % PUBLIC_ADDRESSES)
        : publicAddress(host);
  }

  /** Spreads the outside hosts over 11.0.0.0 to 126.255.255.255. */
  private static int publicAddress(int host) {
    return 0x0B000000 + Integer.remainderUnsigned(host * 0x9E3779B1, 0x74000000);
  }

  private void count(boolean icmp, int proto, long packets, long bytes) {
    int column = icmp ? 2 : proto == 6 ? 0 : 1;
    statistics[0]++;
    statistics[1] += bytes;
    statistics[2] += packets;
    statistics[3 + column]++;
    statistics[7 + column] += bytes;
    statistics[11 + column] += packets;
  }

  private void writeAppendix(OutputStream out) throws IOException {
    block.putShort((short) 0x8001).putShort((short) 10).put("none\0\0".getBytes());
    block.putShort((short) 0x8002).putShort((short) 148);
    for (long value : statistics) {
      block.putLong(value);
    }
    block.putLong(firstMillis == Long.MAX_VALUE ? 0 : firstMillis).putLong(lastMillis).putLong(0);
    records = 2;
    flush(out, 3);
  }

  private int flush(OutputStream out, int type) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(records).putInt(block.position()).putShort((short) type).putShort((short) 0);
    out.write(head.array());
    out.write(block.array(), 0, block.position());
    int written = 12 + block.position();
    block.clear();
    records = 0;
    blocks++;
    return written;
  }

  private int pick(double[] cumulative) {
    int found = Arrays.binarySearch(cumulative, random.nextDouble());
    return Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found);
  }

  private static double[] zipf(int count, double exponent) {
    double[] cumulative = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += 1 / Math.pow(i + 1, exponent);
      cumulative[i] = sum;
    }
    for (int i = 0; i < count; i++) {
      cumulative[i] /= sum;
    }
    return cumulative;
  }
}
