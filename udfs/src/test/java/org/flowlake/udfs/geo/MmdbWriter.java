package org.flowlake.udfs.geo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowlake.udfs.ip.IpPrefix;

/**
 * Writes small files in MaxMind's format, after its specification (MaxMind DB File Format 2.0).
 *
 * <pre>
 * search tree: nodes of two 32-bit records, big-endian; a record below the number of nodes is the
 *   next node, the number itself is "not found", above it lies data at (record - nodes - 16)
 * 16 zero bytes, then the data section
 * "\xab\xcd\xefMaxMind.com", then the metadata map
 * </pre>
 *
 * The tree is for IPv6; IPv4 networks lie under ::/96, as the specification has it.
 */
public final class MmdbWriter {
  private static final int MAP = 7;
  private static final int ARRAY = 11;
  private static final int TEXT = 2;
  private static final int DOUBLE = 3;
  private static final int U16 = 5;
  private static final int U32 = 6;
  private static final int U64 = 9;
  private static final int SEPARATOR_BYTES = 16;

  private final String type;

  /** Pairs of records: 0 nothing, positive a node, negative -(offset of data + 1). */
  private final List<long[]> nodes = new ArrayList<>();

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  public MmdbWriter(String type) {
    this.type = type;
    nodes.add(new long[2]);
  }

  /** Adds a network, {@code 10.0.0.0/8}, with a map of texts, numbers, maps and lists. */
  public MmdbWriter add(String network, Map<String, ?> value) {
    byte[] address = IpPrefix.parse(network).first();
    int length = Integer.parseInt(network.substring(network.indexOf('/') + 1));
    if (!network.contains(":")) {
      address[10] = 0;
      address[11] = 0;
      length += 96;
    }
    long offset = data.size();
    write(data, value);
    int node = 0;
    for (int bit = 0; bit < length; bit++) {
      int side = address[bit / 8] >> (7 - bit % 8) & 1;
      long[] records = nodes.get(node);
      if (bit == length - 1) {
        records[side] = -(offset + 1);
      } else {
        if (records[side] == 0) {
          records[side] = nodes.size();
          nodes.add(new long[2]);
        }
        node = (int) records[side];
      }
    }
    return this;
  }

  public Path write(Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (long[] node : nodes) {
      for (long record : node) {
        long none = nodes.size();
        number(
            out, record > 0 ? record : record == 0 ? none : none + SEPARATOR_BYTES - record - 1, 4);
      }
    }
    out.writeBytes(new byte[SEPARATOR_BYTES]);
    out.writeBytes(data.toByteArray());
    out.writeBytes(new byte[] {(byte) 0xAB, (byte) 0xCD, (byte) 0xEF});
    out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("binary_format_major_version", (short) 2);
    metadata.put("binary_format_minor_version", (short) 0);
    metadata.put("build_epoch", BigInteger.valueOf(1_700_000_000L));
    metadata.put("database_type", type);
    metadata.put("description", Map.of("en", "made by a test"));
    metadata.put("ip_version", (short) 6);
    metadata.put("languages", List.of("en"));
    metadata.put("node_count", (long) nodes.size());
    metadata.put("record_size", (short) 32);
    write(out, metadata);
    return Files.write(file, out.toByteArray());
  }

  private static void write(ByteArrayOutputStream out, Object value) {
    if (value instanceof Map<?, ?> map) {
      head(out, MAP, map.size());
      map.forEach(
          (key, item) -> {
            write(out, key);
            write(out, item);
          });
    } else if (value instanceof List<?> list) {
      head(out, ARRAY, list.size());
      list.forEach(item -> write(out, item));
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      head(out, TEXT, bytes.length);
      out.writeBytes(bytes);
    } else if (value instanceof Double real) {
      head(out, DOUBLE, 8);
      number(out, Double.doubleToLongBits(real), 8);
    } else if (value instanceof Short number) {
      head(out, U16, 2);
      number(out, number, 2);
    } else if (value instanceof BigInteger number) {
      head(out, U64, 8);
      number(out, number.longValue(), 8);
    } else {
      head(out, U32, 4);
      number(out, (Long) value, 4);
    }
  }

  /** Type and size in one byte; types above 7 follow in a second, sizes above 28 in the next. */
  private static void head(ByteArrayOutputStream out, int type, int size) {
    int small = Math.min(size, 29);
    out.write((type <= MAP ? type << 5 : 0) | small);
    if (type > MAP) {
      out.write(type - MAP);
    }
    if (small == 29) {
      out.write(size - 29);
    }
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (value >> 8 * i));
    }
  }
}
