package org.flowlake.converters.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.flowlake.udfs.ip.IpAddress;
import org.flowlake.udfs.ip.IpPrefix;
import org.flowlake.udfs.ip.IpPrefixSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns as Parquet's own writer stored them. */
class RowGroupReaderTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message flow {
            optional int64 seen (TIMESTAMP(MICROS,true));
            optional int32 port;
            required int64 bytes;
            optional binary address;
            optional binary name (STRING);
            optional int32 constant;
            optional int32 never;
          }
          """);
  private static final int ROWS = 3000;

  /** {@code ::ffff:0.0.0.1} and its like share their first bytes with many others. */
  private static final byte[] ADDRESS_OF_MANY =
      ByteBuffer.allocate(AddressColumn.BYTES).putLong(0).putLong(0xFFFF_0000_0001L).array();

  @TempDir Path folder;
  private final Random random = new Random(11);

  /** A flow as it was written; null where a value is absent. */
  private record Stored(Long seen, Integer port, long bytes, byte[] address, String name) {}

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, true, UNCOMPRESSED",
    "PARQUET_1_0, false, SNAPPY",
    "PARQUET_2_0, true, ZSTD",
    "PARQUET_2_0, false, ZSTD"
  })
  void valuesAreThoseWritten(
      WriterVersion version, boolean dictionaries, CompressionCodecName codec) throws IOException {
    Path file = folder.resolve(version + "-" + dictionaries);
    List<Stored> flows = write(file, version, dictionaries, codec);
    NumberColumn seen = NumberColumn.ofTimes("seen");
    NumberColumn port = NumberColumn.ofNumbers("port");
    NumberColumn bytes = NumberColumn.ofNumbers("bytes");
    AddressColumn address = new AddressColumn("address");
    BytesColumn name = new BytesColumn("name");
    NumberColumn constant = NumberColumn.ofNumbers("constant");
    NumberColumn never = NumberColumn.ofNumbers("never");
    NumberColumn missing = NumberColumn.ofNumbers("missing");
    BytesColumn noBytes = new BytesColumn("never_bytes");
    List<StoredColumn> columns =
        List.of(seen, port, bytes, address, name, constant, never, missing, noBytes);
    Configuration hadoop = new Configuration();
    int groups = ParquetFooters.of(file.toString(), hadoop).getBlocks().size();
    assertThat(groups).isGreaterThan(1);
    assertThat(RowGroupReader.accepts(SCHEMA, columns)).isTrue();

    int row = 0;
    try (RowGroupReader reader = RowGroupReader.open(file.toString(), hadoop)) {
      for (int group = 0; group < groups; group++) {
        reader.read(group, columns);
        for (int i = 0; i < reader.rows(group); i++, row++) {
          Stored flow = flows.get(row);
          assertThat(number(seen, i)).isEqualTo(flow.seen());
          assertThat(number(port, i))
              .isEqualTo(flow.port() == null ? null : flow.port().longValue());
          assertThat(number(bytes, i)).isEqualTo(flow.bytes());
          assertThat(bytes(address, i)).isEqualTo(flow.address());
          assertThat(text(name, i)).isEqualTo(flow.name());
          assertThat(noBytes.value(i)).isNull();
          assertThat(number(constant, i)).isEqualTo(7);
          assertThat(number(never, i)).isNull();
          assertThat(number(missing, i)).isNull();
        }
        assertThat(constant.isConstant() && never.isConstant() && missing.isConstant()).isTrue();
      }
    }
    assertThat(row).isEqualTo(ROWS);
  }

  /** Pages have 150 rows at the most, so that some have several of these, and some none. */
  @ParameterizedTest
  @CsvSource({"PARQUET_1_0, true", "PARQUET_1_0, false", "PARQUET_2_0, true", "PARQUET_2_0, false"})
  void pickedRowsAreThoseWritten(WriterVersion version, boolean dictionaries) throws IOException {
    Path file = folder.resolve("picked");
    List<Stored> flows = write(file, version, dictionaries, CompressionCodecName.ZSTD);
    NumberColumn seen = NumberColumn.ofTimes("seen");
    NumberColumn port = NumberColumn.ofNumbers("port");
    NumberColumn bytes = NumberColumn.ofNumbers("bytes");
    AddressColumn address = new AddressColumn("address");
    BytesColumn name = new BytesColumn("name");
    NumberColumn constant = NumberColumn.ofNumbers("constant");
    NumberColumn missing = NumberColumn.ofNumbers("missing");
    List<StoredColumn> columns = List.of(seen, port, bytes, address, name, constant, missing);
    for (int draw = 0; draw < 40; draw++) {
      int most = draw + 1;
      int before = 0;
      try (RowGroupReader reader = RowGroupReader.open(file.toString(), new Configuration())) {
        for (int group = 0; group < reader.groups(); group++) {
          int rows = reader.rows(group);
          int[] picked = random.ints(most, 0, rows).distinct().sorted().toArray();
          reader.pick(group, columns, picked);
          for (int i = 0; i < picked.length; i++) {
            Stored flow = flows.get(before + picked[i]);
            assertThat(number(seen, i)).isEqualTo(flow.seen());
            assertThat(number(port, i))
                .isEqualTo(flow.port() == null ? null : flow.port().longValue());
            assertThat(number(bytes, i)).isEqualTo(flow.bytes());
            assertThat(bytes(address, i)).isEqualTo(flow.address());
            assertThat(text(name, i)).isEqualTo(flow.name());
            assertThat(number(constant, i)).isEqualTo(7);
            assertThat(number(missing, i)).isNull();
          }
          before += rows;
        }
      }
    }
  }

  @Test
  void changesAndSumsAreThoseOfTheRows() throws IOException {
    Path file = folder.resolve("sums");
    List<Stored> flows = write(file, WriterVersion.PARQUET_2_0, true, CompressionCodecName.ZSTD);
    NumberColumn port = NumberColumn.ofNumbers("port");
    NumberColumn bytes = NumberColumn.ofNumbers("bytes");
    try (RowGroupReader reader = RowGroupReader.open(file.toString(), new Configuration())) {
      reader.read(0, List.of(port, bytes));
      int rows = reader.rows(0);
      boolean[] changed = new boolean[rows];
      port.markChanges(changed);
      for (int i = 1; i < rows; i++) {
        Integer before = flows.get(i - 1).port();
        assertThat(changed[i]).isNotEqualTo(java.util.Objects.equals(before, flows.get(i).port()));
      }
      List<Long> some = flows.subList(3, rows - 5).stream().map(Stored::bytes).toList();
      assertThat(bytes.sum(3, rows - 5)).isEqualTo(some.stream().mapToLong(v -> v).sum());
      assertThat(bytes.sumOfOnes(3, rows - 5))
          .isEqualTo(some.stream().mapToLong(v -> v == 0 ? 1 : v).sum());
      assertThat(bytes.least(3, rows - 5))
          .isEqualTo(some.stream().mapToLong(v -> v).min().orElseThrow());
      assertThat(bytes.greatest(3, rows - 5))
          .isEqualTo(some.stream().mapToLong(v -> v).max().orElseThrow());
    }
  }

  @Test
  void addressesAreFoundWhereTheyLie() throws IOException {
    Path file = folder.resolve("searched");
    List<Stored> flows = write(file, WriterVersion.PARQUET_2_0, false, CompressionCodecName.ZSTD);
    byte[] rare = flows.stream().map(Stored::address).filter(a -> a != null).findAny().get();
    IpPrefixSet wanted =
        IpPrefixSet.of(
            List.of(
                new IpPrefix(IpAddress.of(rare, 6), 128),
                new IpPrefix(IpAddress.of(ADDRESS_OF_MANY.clone(), 4), 128 - 96)));
    AddressSearch search = new AddressSearch("address", wanted);
    AddressSearch absent =
        new AddressSearch("address", IpPrefixSet.of(List.of(IpPrefix.parse("2001:db8::1"))));
    AddressSearch nowhere = new AddressSearch("missing", wanted);
    int before = 0;
    try (RowGroupReader reader = RowGroupReader.open(file.toString(), new Configuration())) {
      for (int group = 0; group < reader.groups(); group++) {
        int first = before;
        int[] expected =
            IntStream.range(0, reader.rows(group))
                .filter(row -> isOneOf(flows.get(first + row).address(), rare, ADDRESS_OF_MANY))
                .toArray();
        assertThat(search.rows(reader, group)).isEqualTo(expected);
        assertThat(search.mayFind(reader, group) || expected.length == 0).isTrue();
        assertThat(absent.rows(reader, group)).isEmpty();
        assertThat(nowhere.rows(reader, group)).isEmpty();
        before += reader.rows(group);
      }
    }
  }

  /** Sets of one address, of one network and of several, near those that are stored. */
  @ParameterizedTest
  @CsvSource({"PARQUET_1_0, true", "PARQUET_1_0, false", "PARQUET_2_0, true", "PARQUET_2_0, false"})
  void exactlyTheAddressesOfASetAreFound(WriterVersion version, boolean dictionaries)
      throws IOException {
    Path file = folder.resolve("sets");
    List<BigInteger> addresses =
        write(file, version, dictionaries, CompressionCodecName.ZSTD).stream()
            .map(flow -> flow.address() == null ? null : new BigInteger(1, flow.address()))
            .toList();
    for (int draw = 0; draw < 60; draw++) {
      List<Network> wanted =
          IntStream.range(0, 1 + draw % 3).mapToObj(i -> network(addresses)).toList();
      List<Integer> expected =
          IntStream.range(0, ROWS)
              .filter(row -> wanted.stream().anyMatch(one -> one.has(addresses.get(row))))
              .boxed()
              .toList();
      AddressSearch search =
          new AddressSearch(
              "address", IpPrefixSet.of(wanted.stream().map(Network::prefix).toList()));
      List<Integer> found = new ArrayList<>();
      try (RowGroupReader reader = RowGroupReader.open(file.toString(), new Configuration())) {
        int before = 0;
        for (int group = 0; group < reader.groups(); group++) {
          for (int row : search.rows(reader, group)) {
            found.add(before + row);
          }
          before += reader.rows(group);
        }
      }
      assertThat(found).as("%s", wanted).isEqualTo(expected);
    }
  }

  /** The addresses that have their bits above {@code hostBits} in common. */
  private record Network(BigInteger bits, int hostBits) {
    boolean has(BigInteger address) {
      return address != null && address.shiftRight(hostBits).equals(bits);
    }

    IpPrefix prefix() {
      byte[] number = bits.shiftLeft(hostBits).toByteArray();
      byte[] address = new byte[AddressColumn.BYTES];
      int kept = Math.min(number.length, address.length);
      System.arraycopy(number, number.length - kept, address, address.length - kept, kept);
      return new IpPrefix(IpAddress.of(address, 6), Long.SIZE * 2 - hostBits);
    }
  }

  private Network network(List<BigInteger> addresses) {
    BigInteger address = null;
    while (address == null) {
      address = addresses.get(random.nextInt(addresses.size()));
    }
    int hostBits = random.nextBoolean() ? 0 : random.nextInt(2 * Long.SIZE);
    BigInteger near = address.shiftRight(hostBits);
    return new Network(random.nextInt(4) == 0 ? near.flipBit(0) : near, hostBits);
  }

  private static boolean isOneOf(byte[] address, byte[] one, byte[] other) {
    return Arrays.equals(address, one) || Arrays.equals(address, other);
  }

  @Test
  void otherTypesAreNotAccepted() {
    assertThat(RowGroupReader.accepts(SCHEMA, List.of(NumberColumn.ofNumbers("address"))))
        .isFalse();
    assertThat(RowGroupReader.accepts(SCHEMA, List.of(NumberColumn.ofTimes("bytes")))).isFalse();
    assertThat(RowGroupReader.accepts(SCHEMA, List.of(new AddressColumn("port")))).isFalse();
  }

  @Test
  void anAddressOfAnotherLengthIsRefused() throws IOException {
    Path file = folder.resolve("short");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(SCHEMA).build()) {
      for (int i = 0; i < 2; i++) {
        writer.write(
            new SimpleGroupFactory(SCHEMA)
                .newGroup()
                .append("bytes", 1L)
                .append("address", Binary.fromConstantByteArray(new byte[4 + i])));
      }
    }
    try (RowGroupReader reader = RowGroupReader.open(file.toString(), new Configuration())) {
      assertThatThrownBy(() -> reader.read(0, List.of(new AddressColumn("address"))))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "file:"
                  + file
                  + ", row group 0: Column address has an address of 4 bytes, where all have 16");
    }
  }

  /** Runs of equal addresses, of neighbours, and of others that end as these do. */
  @Test
  void sortedAddressesAreFoundInRuns() throws IOException {
    Path file = folder.resolve("runs");
    List<Integer> hosts = new ArrayList<>();
    for (int host = 0; host < 1000; host++) {
      for (int i = random.nextInt(5) == 0 ? 40 : 1; i > 0; i--) {
        hosts.add(host);
      }
    }
    writeAddresses(file, hosts.stream().map(host -> ofHost(host)).toList());
    try (RowGroupReader reader = RowGroupReader.open(file.toString(), new Configuration())) {
      for (int host = 0; host < 1000; host += 7) {
        int wanted = host;
        IpPrefixSet one = IpPrefixSet.of(List.of(new IpPrefix(IpAddress.of(ofHost(host), 6), 128)));
        assertThat(new AddressSearch("address", one).rows(reader, 0))
            .as("host %d", host)
            .isEqualTo(
                IntStream.range(0, hosts.size()).filter(i -> hosts.get(i) == wanted).toArray());
      }
    }
  }

  private static byte[] ofHost(int host) {
    return ByteBuffer.allocate(AddressColumn.BYTES)
        .putLong(0x2001_0DB8L << Integer.SIZE)
        .putLong(host)
        .array();
  }

  @Test
  void aSearchRefusesAddressesOfAnotherLength() throws IOException {
    Path file = folder.resolve("lengths");
    List<byte[]> addresses = new ArrayList<>();
    IntStream.range(0, 40).forEach(host -> addresses.add(ofHost(host)));
    addresses.set(29, Arrays.copyOf(ofHost(28), 17));
    writeAddresses(file, addresses);
    AddressSearch search =
        new AddressSearch("address", IpPrefixSet.of(List.of(IpPrefix.parse("2001:db8::1"))));
    try (RowGroupReader reader = RowGroupReader.open(file.toString(), new Configuration())) {
      assertThatThrownBy(() -> search.rows(reader, 0))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "file:"
                  + file
                  + ", row group 0: Column address has an address of 17 bytes in row 29");
    }
  }

  private static void writeAddresses(Path file, List<byte[]> addresses) throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(SCHEMA)
            .withWriterVersion(WriterVersion.PARQUET_2_0)
            .withDictionaryEncoding(false)
            .build()) {
      for (byte[] address : addresses) {
        writer.write(
            new SimpleGroupFactory(SCHEMA)
                .newGroup()
                .append("bytes", 1L)
                .append("address", Binary.fromConstantByteArray(address)));
      }
    }
  }

  private List<Stored> write(
      Path file, WriterVersion version, boolean dictionaries, CompressionCodecName codec)
      throws IOException {
    List<Stored> flows = new ArrayList<>();
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(SCHEMA)
            .withWriterVersion(version)
            .withDictionaryEncoding(dictionaries)
            .withCompressionCodec(codec)
            .withPageSize(512)
            .withPageRowCountLimit(150)
            .withRowGroupSize(10_000L)
            .build()) {
      for (int i = 0; i < ROWS; i++) {
        Stored flow =
            new Stored(
                random.nextInt(9) == 0 ? null : 1_700_000_000_000_000L + random.nextInt(1 << 30),
                random.nextInt(5) == 0 ? null : random.nextInt(3),
                random.nextInt(4) == 0 ? random.nextLong() >> 20 : random.nextInt(2),
                random.nextInt(7) == 0 ? null : address(),
                random.nextInt(6) == 0 ? null : "name " + random.nextInt(40));
        flows.add(flow);
        Group row = new SimpleGroupFactory(SCHEMA).newGroup();
        if (flow.seen() != null) {
          row.append("seen", flow.seen());
        }
        if (flow.port() != null) {
          row.append("port", flow.port());
        }
        row.append("bytes", flow.bytes());
        if (flow.address() != null) {
          row.append("address", Binary.fromConstantByteArray(flow.address()));
        }
        if (flow.name() != null) {
          row.append("name", flow.name());
        }
        row.append("constant", 7);
        writer.write(row);
      }
    }
    return flows;
  }

  /** Some share all bytes, some a prefix, some nothing. */
  private byte[] address() {
    ByteBuffer address = ByteBuffer.allocate(AddressColumn.BYTES);
    address.putLong(random.nextInt(3) == 0 ? random.nextLong() : 0);
    address.putLong(
        random.nextInt(3) == 0 ? random.nextLong() : 0xFFFF_0000_0000L + random.nextInt(2));
    return address.array();
  }

  private static String text(BytesColumn column, int row) {
    return column.isAbsent(row) ? null : new String(column.value(row), StandardCharsets.UTF_8);
  }

  private static Long number(NumberColumn column, int row) {
    return column.isAbsent(row) ? null : column.value(row);
  }

  private static byte[] bytes(AddressColumn column, int row) {
    return column.isAbsent(row)
        ? null
        : ByteBuffer.allocate(AddressColumn.BYTES)
            .putLong(column.high(row))
            .putLong(column.low(row))
            .array();
  }
}
