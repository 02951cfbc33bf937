package org.flowlake.jobs.sources;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.lake.FlowLake;

/** Reads a lake's ledger. */
public final class CollectedFiles {
  private CollectedFiles() {}

  /** All raw files that the lake has. */
  public static List<CollectedFile> of(FlowLake lake) {
    Dataset<Row> ledger = lake.sources();
    return ledger
        .select(
            col("path"),
            col("ident"),
            col("exporters"),
            col("sequence_failures"),
            col("decoded.all.flows"),
            col("stated.all.flows"),
            column(ledger, "differences"),
            column(ledger, "samplers"))
        .collectAsList()
        .stream()
        .map(CollectedFiles::file)
        .toList();
  }

  /** A lake of an older version does not have it before its next conversion. */
  private static Column column(Dataset<Row> ledger, String name) {
    return Arrays.asList(ledger.columns()).contains(name) ? col(name) : lit(null).as(name);
  }

  private static CollectedFile file(Row row) {
    RawFileName name = RawFileName.of(row.getString(0));
    long decoded = row.getLong(4);
    long stated = row.getLong(5);
    boolean lacks = !row.isNullAt(6) && !row.getList(6).isEmpty() && decoded < stated;
    List<CollectedFile.Exporter> exporters = new ArrayList<>();
    for (Row exporter : row.<Row>getList(2)) {
      exporters.add(exporter(exporter, row));
    }
    return new CollectedFile(
        name.folder(),
        row.isNullAt(1) ? "" : row.getString(1),
        name.time(),
        decoded,
        lacks ? decoded / (double) stated : 1,
        row.getLong(3),
        exporters);
  }

  private static CollectedFile.Exporter exporter(Row exporter, Row file) {
    String address = exporter.getAs("address");
    long id = exporter.<Long>getAs("id");
    int sysid = exporter.<Integer>getAs("sysid");
    return new CollectedFile.Exporter(
        (address == null ? "sysid " + sysid : address) + (id == 0 ? "" : " id " + id),
        exporter.<Long>getAs("flows"),
        exporter.<Long>getAs("packets"),
        exporter.<Long>getAs("sequence_failures"),
        file.isNullAt(7) ? Optional.empty() : Optional.of(sampling(file.getList(7), sysid)));
  }

  /** One packet in so many, of each sampler that the collector knew of the exporter. */
  private static String sampling(List<Row> samplers, int exporter) {
    TreeSet<String> rates = new TreeSet<>();
    for (Row sampler : samplers) {
      if (sampler.<Integer>getAs("sysid") == exporter) {
        long taken = sampler.<Long>getAs("packet_interval");
        long left = sampler.<Long>getAs("space_interval");
        rates.add(taken + ":" + (taken + left));
      }
    }
    return rates.isEmpty() ? "none" : String.join(" ", rates);
  }
}
