package org.flowlake.jobs.scan;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.jobs.JobsSession;
import org.flowlake.udfs.ip.IpAddress;

/** Drawn flows in files of many small row groups, sorted as those of a lake are, or not. */
final class DrawnFiles {
  private static final List<FlowField> FIELDS =
      FlowField.ofGroups(
          Set.of(FlowFieldGroup.COUNTERS, FlowFieldGroup.NAT_ADDRESS, FlowField.USER_NAME.group()));
  static final StructType SCHEMA = FlowSchema.of(FIELDS);

  /** A column of text, whose flows are read as rows. */
  static final String TEXT = FlowField.USER_NAME.column();

  static final String BUSY = "10.0.0.77";
  private final SparkSession spark;
  private final Path folder;
  private final Random random;

  /** Files in a folder. */
  DrawnFiles(Path folder, Random random) {
    this.folder = folder;
    this.random = random;
    // Times as a lake has them: Spark's own older form is not read as columns.
    spark = JobsSession.get().newSession();
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
  }

  /** The session that wrote them. */
  SparkSession spark() {
    return spark;
  }

  /**
   * Few addresses, ports and times, so that groups, ties and shared addresses are common; one
   * destination is busy and fills row groups of its own.
   */
  Dataset<Row> flows(int count) {
    return flows(count, 0);
  }

  /** As above, all times so many milliseconds later. */
  Dataset<Row> flows(int count, int later) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object[] values = new Object[FIELDS.size()];
      boolean ipv6 = random.nextInt(4) == 0;
      if (random.nextInt(20) != 0) {
        set(values, FlowField.IP_VERSION, ipv6 ? 6 : 4);
        set(values, FlowField.SRC_ADDR, address(ipv6));
        set(values, FlowField.DST_ADDR, address(ipv6));
      }
      if (random.nextInt(3) == 0) {
        set(values, FlowField.IP_VERSION, 4);
        set(values, FlowField.SRC_ADDR, IpAddress.parse("192.0.2." + random.nextInt(99)).toBytes());
        set(values, FlowField.DST_ADDR, IpAddress.parse(BUSY).toBytes());
      }
      set(
          values,
          FlowField.FIRST_SEEN,
          new Timestamp(1_700_000_000_000L + later + random.nextInt(50)));
      set(
          values,
          FlowField.LAST_SEEN,
          new Timestamp(1_700_000_001_000L + later + random.nextInt(50)));
      set(values, FlowField.PROTO, random.nextBoolean() ? 6 : 17);
      set(values, FlowField.SRC_PORT, 1024 + random.nextInt(8));
      set(values, FlowField.DST_PORT, random.nextInt(5) == 0 ? null : random.nextInt(3));
      set(values, FlowField.IN_PACKETS, 1L + random.nextInt(3));
      set(values, FlowField.IN_BYTES, 100L * random.nextInt(4));
      set(values, FlowField.TCP_FLAGS, random.nextInt(3) == 0 ? null : 1 << random.nextInt(6));
      if (random.nextInt(3) == 0) {
        set(values, FlowField.NAT_SRC_ADDR, address(ipv6));
      }
      if (random.nextInt(4) == 0) {
        set(values, FlowField.FLOWS, (long) random.nextInt(3));
        set(values, FlowField.OUT_PACKETS, (long) random.nextInt(3));
        set(values, FlowField.OUT_BYTES, 100L * random.nextInt(3));
      }
      rows.add(RowFactory.create(values));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  private byte[] address(boolean ipv6) {
    String[] nets =
        ipv6 ? new String[] {"2001:db8::", "::"} : new String[] {"10.0.0.", "198.51.100."};
    return IpAddress.parse(nets[random.nextInt(2)] + random.nextInt(8)).toBytes();
  }

  private static void set(Object[] values, FlowField field, Object value) {
    values[FIELDS.indexOf(field)] = value;
  }

  /** How flows lie in a file. */
  enum Order {
    SORTED,
    /** By destination alone, sources the wrong way. */
    OF_DESTINATIONS,
    AS_GIVEN,
    NONE
  }

  /** Writes a file of row groups of a hundred flows. */
  String write(String name, Dataset<Row> flows, Order order) {
    return write(name, flows, order, 1000);
  }

  /** Writes a file whose row groups have so many bytes in memory, or a few more. */
  String write(String name, Dataset<Row> flows, Order order, int groupBytes) {
    Path target = folder.resolve(name);
    Dataset<Row> one = flows.coalesce(1);
    // An absent address lies where :: does.
    Column destination = col("dst_addr").asc_nulls_first();
    Dataset<Row> rows =
        switch (order) {
          case SORTED -> one.sortWithinPartitions(destination, col("src_addr").asc_nulls_first());
          case OF_DESTINATIONS -> one.sortWithinPartitions(destination, col("src_addr").desc());
          case AS_GIVEN -> one;
          case NONE -> one.sortWithinPartitions(col("dst_addr").desc());
        };
    // The writer looks at the size of a row group every 100 rows.
    rows.write()
        .option("parquet.block.size", Integer.toString(groupBytes))
        .parquet(target.toString());
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .findFirst()
          .get()
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So many cuts for rows; columns are cut into as many ranges, at their row groups. */
  List<byte[]> cuts(int count) {
    List<String> texts =
        new ArrayList<>(
            List.of("::4", "10.0.0.3", BUSY, "198.51.100.0", "198.51.100.4", "2001:db8::5", "::2"));
    Collections.shuffle(texts, random);
    return texts.stream()
        .limit(count)
        .map(text -> IpAddress.parse(text).toBytes())
        .sorted(Arrays::compareUnsigned)
        .toList();
  }
}
