package org.flowlake.converters.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;
import org.flowlake.converters.flow.FlowAnonymizer;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.io.FlowFileOutput;
import org.flowlake.converters.io.LocalFlowOutput;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.converters.nfcapd.NfcapdWriter;
import org.flowlake.udfs.anonymize.Anonymization;
import org.flowlake.udfs.anonymize.CryptoPan;

/**
 * Writes flows to one nfcapd file of layout 2. The tasks encode and compress, each into a file
 * beside the target; the driver joins their blocks in the order of the flows. The target appears
 * when it is whole, in the place of one that is there; a run that fails leaves it as it was.
 *
 * @param target the file, on any file system that driver and tasks both see
 * @param encoding how its blocks are compressed
 * @param anonymization how addresses are anonymised as they are written; empty: not at all
 */
public record NfcapdExport(
    String target, BlockEncoding encoding, Optional<Anonymization> anonymization) {
  /**
   * What was written.
   *
   * @param records flow records
   * @param statistics what the file states of itself
   * @param cutTexts texts that were longer than layout 2 holds, and cut
   */
  public record Written(long records, FlowStatistics statistics, long cutTexts) {}

  /**
   * Writes the flows.
   *
   * @param flows columns of the flow table with the types of {@link FlowSchema}; the file has them
   *     in this order
   * @param collector written before the flows
   * @throws IOException if the target cannot be written, or a flow does not fit into a record
   */
  public Written write(Dataset<Row> flows, CollectorInfo collector) throws IOException {
    Configuration hadoop = flows.sparkSession().sparkContext().hadoopConfiguration();
    Path path = new Path(target);
    FileSystem fileSystem = NfcapdPart.fileSystem(path, hadoop);
    path = fileSystem.makeQualified(path);
    Path folder = new Path(path.getParent(), "." + path.getName() + ".parts." + UUID.randomUUID());
    if (!fileSystem.mkdirs(folder)) {
      throw new IOException("Cannot make a folder beside " + target);
    }
    try {
      List<String> parts = parts(flows, folder, hadoop);
      try (NfcapdWriter writer = new NfcapdWriter(output(path, hadoop), encoding, Instant.now())) {
        CollectorInfo written =
            anonymization.map(how -> collector.anonymized(new CryptoPan(how))).orElse(collector);
        return join(writer, written, folder, parts, hadoop);
      }
    } finally {
      fileSystem.delete(folder, true);
    }
  }

  private List<String> parts(Dataset<Row> flows, Path folder, Configuration hadoop) {
    List<FlowField> fields =
        List.of(flows.columns()).stream()
            .map(name -> FlowSchema.field(name).orElseThrow())
            .toList();
    return flows
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitionsWithIndex(
            new PartTask(
                fields,
                encoding,
                anonymization.orElse(null),
                folder.toString(),
                new SerializableConfiguration(hadoop)),
            true)
        .collect();
  }

  private static Written join(
      NfcapdWriter writer,
      CollectorInfo collector,
      Path folder,
      List<String> parts,
      Configuration hadoop)
      throws IOException {
    for (var exporter : collector.exporters()) {
      writer.exporter(exporter);
    }
    for (var sampler : collector.samplers()) {
      writer.sampler(sampler);
    }
    long[] records = {0};
    for (String part : parts) {
      try {
        NfcapdPart.read(
            folder.toString(),
            part,
            hadoop,
            block -> {
              records[0] += block.records();
              writer.flows(block);
            });
      } catch (FileNotFoundException e) {
        throw new IOException(
            "A task wrote "
                + new Path(folder, part)
                + ", which is not there for the driver: name a target on a file system that all"
                + " machines see",
            e);
      }
    }
    FlowStatistics statistics = writer.finish(collector.ident());
    return new Written(records[0], statistics, writer.cutTexts());
  }

  private static FlowFileOutput output(Path path, Configuration hadoop) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    return fileSystem instanceof LocalFileSystem local
        ? LocalFlowOutput.create(local.pathToFile(path).toPath())
        : HadoopFlowOutput.create(path, hadoop);
  }

  /**
   * Makes the part of one partition; an empty partition makes none.
   *
   * @param anonymization null for none
   */
  private record PartTask(
      List<FlowField> fields,
      BlockEncoding encoding,
      Anonymization anonymization,
      String folder,
      SerializableConfiguration hadoop)
      implements Function2<Integer, Iterator<InternalRow>, Iterator<String>>, Serializable {
    @Override
    public Iterator<String> call(Integer partition, Iterator<InternalRow> rows) throws IOException {
      return rows.hasNext()
          ? List.of(NfcapdPart.write(rows, fields, encoding, changes(), folder, hadoop.value()))
              .iterator()
          : List.<String>of().iterator();
    }

    private Consumer<FlowBatch> changes() {
      if (anonymization == null) {
        return batch -> {};
      }
      FlowAnonymizer anonymizer = new FlowAnonymizer(anonymization);
      return batch -> anonymizer.anonymize(batch, 0);
    }
  }
}
