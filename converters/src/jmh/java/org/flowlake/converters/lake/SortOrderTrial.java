package org.flowlake.converters.lake;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.flowlake.converters.flow.BenchFlows;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.flow.IndexSort;
import org.flowlake.converters.parquet.write.ColumnFile;
import org.flowlake.converters.parquet.ParquetFooters;

/**
 * Writes the same flows of a day in several orders, with the lake's settings, and tells what each
 * costs and which part of the flows is in row groups that questions about one host have to read, by
 * the bounds of addresses. The choice is in docs/decisions/0007-parquet-layout.md.
 */
public final class SortOrderTrial {
  private static final int DAY = 19_783; // 2024-03-01
  private static final int HOSTS = 200;
  private static final List<FlowField> FIELDS =
      FlowField.ofGroups(
          Set.of(
              FlowFieldGroup.CORE,
              FlowFieldGroup.MISC,
              FlowFieldGroup.AS,
              FlowFieldGroup.NEXT_HOP,
              FlowFieldGroup.EXPORTER_ADDRESS));

  private enum Order {
    AS_THEY_CAME,
    TIME,
    SRC_DST_TIME,
    DST_SRC_TIME,
    OUTSIDE_INSIDE_TIME,
    Z_OF_DST_AND_SRC
  }

  private SortOrderTrial() {}

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    System.out.printf(
        "%-20s %6s %6s | part of the flows in row groups left: %s%n%-20s %6s %6s |",
        "", "CPU s", "MB", "inside hosts, outside hosts", "order", "", "");
    System.out.println(" dst host         src host         ip");
    for (Order order : Order.values()) {
      // The second of two is told: compiled code.
      trial(order);
      System.out.println(trial(order));
    }
  }

  private static String trial(Order order) throws IOException {
    FlowBatch flows = BenchFlows.read(FIELDS);
    List<byte[]> inside = hosts(flows, true);
    List<byte[]> outside = hosts(flows, false);
    Path folder = Files.createTempDirectory("flowlake-order");
    try {
      Schema schema = LakeLayout.schema(FIELDS);
      Table table =
          new HadoopTables(new Configuration())
              .create(
                  schema,
                  LakeLayout.partitions(schema),
                  LakeLayout.properties(FIELDS),
                  folder.resolve("flows").toString());
      PartitionData partition = new PartitionData(table.spec().partitionType());
      partition.set(0, DAY);
      EncryptedOutputFile file =
          OutputFileFactory.builderFor(table, 1, 1)
              .format(FileFormat.PARQUET)
              .build()
              .newOutputFile(table.spec(), partition);
      long before = cpuNanos();
      flows.reorder(new Sort(flows, order).rows());
      ColumnFile writer = FlowDataFile.open(table, file, partition, flows);
      try (writer) {
        writer.write(0, flows.size());
      }
      double seconds = (cpuNanos() - before) / 1e9;
      List<BlockMetaData> groups =
          ParquetFooters.of(file.encryptingOutputFile().location(), new Configuration())
              .getBlocks();
      StringBuilder line = new StringBuilder();
      line.append(
          String.format(
              Locale.ROOT,
              "%-20s %6.2f %6.1f |",
              order.name().toLowerCase(Locale.ROOT),
              seconds,
              writer.toDataFile().fileSizeInBytes() / 1e6));
      for (BiPredicate<BlockMetaData, byte[]> question :
          List.<BiPredicate<BlockMetaData, byte[]>>of(
              (group, host) -> mayHave(group, FlowField.DST_ADDR, host),
              (group, host) -> mayHave(group, FlowField.SRC_ADDR, host),
              (group, host) ->
                  mayHave(group, FlowField.DST_ADDR, host)
                      || mayHave(group, FlowField.SRC_ADDR, host))) {
        line.append(
            String.format(
                Locale.ROOT,
                " %7.4f %7.4f ",
                left(groups, inside, question),
                left(groups, outside, question)));
      }
      return line.toString();
    } finally {
      FileUtil.fullyDelete(folder.toFile());
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Addresses of flows that are drawn, so that busy hosts come more often. */
  private static List<byte[]> hosts(FlowBatch flows, boolean inside) {
    Random random = new Random(1);
    FlowColumn src = flows.column(FlowField.SRC_ADDR);
    FlowColumn dst = flows.column(FlowField.DST_ADDR);
    return random
        .ints(0, flows.size())
        .filter(row -> isInside(src, row) != isInside(dst, row))
        .mapToObj(row -> (isInside(src, row) == inside ? src : dst).bytesAt(row))
        .limit(HOSTS)
        .toList();
  }

  /** As the generator of the flows has it: 10.0.0.0/8. */
  private static boolean isInside(FlowColumn column, int row) {
    return column.addressHigh(row) == 0 && column.addressLow(row) >>> 24 == 0xFFFF_0AL;
  }

  private static double left(
      List<BlockMetaData> groups,
      List<byte[]> hosts,
      BiPredicate<BlockMetaData, byte[]> question) {
    long all = 0;
    long left = 0;
    for (BlockMetaData group : groups) {
      for (byte[] host : hosts) {
        all += group.getRowCount();
        left += question.test(group, host) ? group.getRowCount() : 0;
      }
    }
    return (double) left / all;
  }

  private static boolean mayHave(BlockMetaData group, FlowField field, byte[] host) {
    for (ColumnChunkMetaData column : group.getColumns()) {
      if (column.getPath().toDotString().equals(field.column())) {
        Statistics<?> bounds = column.getStatistics();
        return Arrays.compareUnsigned(bounds.getMinBytes(), host) <= 0
            && Arrays.compareUnsigned(bounds.getMaxBytes(), host) >= 0;
      }
    }
    throw new IllegalStateException("no column " + field.column());
  }

  /** Sorts by keys that are made beforehand. */
  private static final class Sort extends IndexSort {
    private static final int KEYS = 5;

    private final long[] keys;

    Sort(FlowBatch flows, Order order) {
      super(flows.size(), KEYS);
      this.keys = new long[flows.size() * KEYS];
      FlowColumn src = flows.column(FlowField.SRC_ADDR);
      FlowColumn dst = flows.column(FlowField.DST_ADDR);
      FlowColumn time = flows.column(FlowField.FIRST_SEEN);
      for (int row = 0; row < flows.size(); row++) {
        FlowColumn first = null;
        FlowColumn second = null;
        switch (order) {
          case SRC_DST_TIME -> {
            first = src;
            second = dst;
          }
          case DST_SRC_TIME -> {
            first = dst;
            second = src;
          }
          case OUTSIDE_INSIDE_TIME -> {
            boolean swapped = isInside(dst, row) && !isInside(src, row);
            first = swapped ? src : dst;
            second = swapped ? dst : src;
          }
          default -> {}
        }
        int at = row * KEYS;
        if (first != null) {
          keys[at] = first.addressHigh(row);
          keys[at + 1] = first.addressLow(row);
          keys[at + 2] = second.addressHigh(row);
          keys[at + 3] = second.addressLow(row);
        } else if (order == Order.Z_OF_DST_AND_SRC) {
          keys[at] = woven(dst.addressHigh(row) >>> 32, src.addressHigh(row) >>> 32);
          keys[at + 1] = woven(dst.addressHigh(row), src.addressHigh(row));
          keys[at + 2] = woven(dst.addressLow(row) >>> 32, src.addressLow(row) >>> 32);
          keys[at + 3] = woven(dst.addressLow(row), src.addressLow(row));
        }
        keys[at + 4] = order == Order.AS_THEY_CAME ? 0 : time.longAt(row);
      }
    }

    /** The lower 32 bits of both, in turns. */
    private static long woven(long some, long other) {
      return spread(some) << 1 | spread(other);
    }

    private static long spread(long bits) {
      long spread = bits & 0xFFFF_FFFFL;
      spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFFL;
      spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FFL;
      spread = (spread | spread << 4) & 0x0F0F_0F0F_0F0F_0F0FL;
      spread = (spread | spread << 2) & 0x3333_3333_3333_3333L;
      return (spread | spread << 1) & 0x5555_5555_5555_5555L;
    }

    int[] rows() {
      return sorted();
    }

    @Override
    protected long key(int row, int level) {
      return keys[row * KEYS + level];
    }
  }
}
