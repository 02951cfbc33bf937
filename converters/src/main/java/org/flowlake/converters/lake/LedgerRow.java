package org.flowlake.converters.lake;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.StructType;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.nfcapd.CollectorName;

/** The row of one raw file, see {@link SourceLedger#SCHEMA}. */
final class LedgerRow {
  private final Schema schema;

  LedgerRow(Schema schema) {
    this.schema = schema;
  }

  Record of(InspectedSource source, int id, String batchId, Instant now) {
    GenericRecord row = GenericRecord.create(schema);
    row.setField("source_id", id);
    row.setField("path", source.file().path());
    row.setField("bytes", source.file().bytes());
    row.setField("modified", utc(Instant.ofEpochMilli(source.file().modifiedMillis())));
    row.setField("sha256", source.sha256());
    row.setField("format", source.format());
    row.setField("layout", source.layout());
    row.setField("compression", source.compression());
    row.setField("ident", source.ident());
    StructType exporter = type("exporters").asListType().elementType().asStructType();
    row.setField(
        "exporters", source.exporters().stream().map(one -> exporter(exporter, one)).toList());
    StructType sampler = type("samplers").asListType().elementType().asStructType();
    row.setField("samplers", source.samplers().stream().map(one -> sampler(sampler, one)).toList());
    StructType name = type("names").asListType().elementType().asStructType();
    row.setField("names", source.names().stream().map(one -> name(name, one)).toList());
    row.setField("sequence_failures", source.stated().sequenceFailures());
    row.setField("stated", statistics("stated", source.stated()));
    row.setField("decoded", statistics("decoded", source.decoded()));
    row.setField("differences", List.copyOf(source.differences()));
    row.setField("skipped", source.skipped());
    row.setField("batch_id", batchId);
    row.setField("converted", utc(now));
    return row;
  }

  private static Record exporter(StructType type, InspectedSource.Exporter exporter) {
    GenericRecord row = GenericRecord.create(type);
    row.setField("sysid", exporter.sysid());
    row.setField("version", exporter.version());
    row.setField("address", exporter.address());
    row.setField("id", exporter.id());
    row.setField("sequence_failures", exporter.sequenceFailures());
    row.setField("packets", exporter.packets());
    row.setField("flows", exporter.flows());
    return row;
  }

  private static Record sampler(StructType type, InspectedSource.Sampler sampler) {
    GenericRecord row = GenericRecord.create(type);
    row.setField("sysid", sampler.sysid());
    row.setField("id", sampler.id());
    row.setField("algorithm", sampler.algorithm());
    row.setField("packet_interval", sampler.packetInterval());
    row.setField("space_interval", sampler.spaceInterval());
    return row;
  }

  private static Record name(StructType type, CollectorName name) {
    GenericRecord row = GenericRecord.create(type);
    row.setField("kind", name.kind().name().toLowerCase(Locale.ROOT));
    row.setField("id", name.id());
    row.setField("name", name.name());
    return row;
  }

  private Record statistics(String column, FlowStatistics statistics) {
    StructType type = type(column).asStructType();
    GenericRecord row = GenericRecord.create(type);
    row.setField("all", totals(type, "all", statistics.all()));
    row.setField("tcp", totals(type, "tcp", statistics.tcp()));
    row.setField("udp", totals(type, "udp", statistics.udp()));
    row.setField("icmp", totals(type, "icmp", statistics.icmp()));
    row.setField("other", totals(type, "other", statistics.other()));
    row.setField("first_seen_millis", statistics.firstSeenMillis());
    row.setField("last_seen_millis", statistics.lastSeenMillis());
    return row;
  }

  private static Record totals(StructType parent, String name, FlowStatistics.Totals totals) {
    GenericRecord row = GenericRecord.create(parent.fieldType(name).asStructType());
    row.setField("flows", totals.flows());
    row.setField("packets", totals.packets());
    row.setField("bytes", totals.bytes());
    return row;
  }

  private Type type(String column) {
    return schema.findType(column);
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
