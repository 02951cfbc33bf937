package org.flowlake.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.converters.source.NfcapdExport;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an nfcapd file cannot hold of a flow that comes from elsewhere, and how that is told. */
class ExportLossTest {
  private static final Instant FIRST = Instant.parse("2024-03-11T07:11:26.856789Z");

  @TempDir private Path folder;

  @Test
  void timesAreCutToMilliseconds() throws IOException {
    export(Map.of());
    assertThat(read().<Timestamp>getAs("first_seen").toInstant())
        .isEqualTo(Instant.parse("2024-03-11T07:11:26.856Z"));
  }

  @Test
  void longUserNamesAreCutBetweenCharactersAndCounted() throws IOException {
    NfcapdExport.Written written = export(Map.of(FlowField.USER_NAME, "ü".repeat(40)));
    assertThat(written.cutTexts()).isEqualTo(1);
    assertThat(read().<String>getAs("user_name")).isEqualTo("ü".repeat(32));
  }

  @Test
  void userNamesThatFitAreKept() throws IOException {
    NfcapdExport.Written written = export(Map.of(FlowField.USER_NAME, "u".repeat(65)));
    assertThat(written.cutTexts()).isZero();
    assertThat(read().<String>getAs("user_name")).isEqualTo("u".repeat(65));
  }

  @Test
  void flowsThatAreTooLongAreRefusedAndLeaveNothing() throws IOException {
    assertThatThrownBy(() -> export(Map.of(FlowField.IN_PAYLOAD, new byte[65_500])))
        .rootCause()
        .hasMessageMatching(
            "A flow needs a record of 65\\d{3} bytes, an nfcapd file holds 65535: .*");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.filter(path -> !path.endsWith("flows"))).isEmpty();
    }
  }

  @Test
  void mappedAddressesOfOtherDevicesAreThoseOfIpv4() throws IOException {
    byte[] mapped = IpAddress.parse("::ffff:192.0.2.7").toBytes();
    export(Map.of(FlowField.NEXT_HOP, mapped));
    assertThat(read().<byte[]>getAs("next_hop")).isEqualTo(IpAddress.parse("192.0.2.7").toBytes());
  }

  private NfcapdExport.Written export(Map<FlowField, Object> values) throws IOException {
    Map<FlowField, Object> flow = new TreeMap<>(values);
    flow.put(FlowField.FIRST_SEEN, Timestamp.from(FIRST));
    flow.put(FlowField.LAST_SEEN, Timestamp.from(FIRST.plusMillis(1500)));
    flow.put(FlowField.IP_VERSION, 4);
    flow.put(FlowField.SRC_ADDR, IpAddress.parse("10.0.0.1").toBytes());
    flow.put(FlowField.DST_ADDR, IpAddress.parse("10.0.0.2").toBytes());
    flow.put(FlowField.PROTO, 6);
    List<Row> rows = List.of(RowFactory.create(flow.values().toArray()));
    Path parquet = folder.resolve("flows");
    JobsSession.get()
        .createDataFrame(rows, FlowSchema.of(new ArrayList<>(flow.keySet())))
        .write()
        .parquet(parquet.toString());
    FlowExport export =
        new FlowExport(
            file(),
            BlockEncoding.NONE,
            Optional.empty(),
            FlowExport.GroupRecord.WHOLE,
            Optional.empty(),
            0,
            Optional.empty());
    return export.write(FlowQuery.on(FlowSource.detect(JobsSession.get(), parquet.toString())));
  }

  private Row read() {
    return JobsSession.get().read().format("nfcapd").load(file()).head();
  }

  private String file() {
    return folder.resolve("nfcapd.written").toString();
  }
}
