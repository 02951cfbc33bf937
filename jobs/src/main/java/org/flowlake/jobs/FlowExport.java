package org.flowlake.jobs;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.converters.source.NfcapdExport;
import org.flowlake.jobs.aggregate.Aggregation;
import org.flowlake.jobs.aggregate.GroupBy;
import org.flowlake.jobs.aggregate.GroupRecords;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.RawFileSummary;
import org.flowlake.jobs.rows.AnswerTable;
import org.flowlake.jobs.rows.OrderedFlows;
import org.flowlake.udfs.anonymize.Anonymization;

/**
 * The flows of a question, or groups of them, as one nfcapd file of layout 2 that nfdump reads
 * ({@code -w}). The file appears when it is whole.
 *
 * @param target a path of any file system that Hadoop knows
 * @param encoding how the file is compressed
 * @param groupBy what flows are grouped by; empty where they are written one by one
 * @param record what is kept of a group
 * @param order of the records; empty for that of the flows
 * @param entries records at the most, the first of the order; 0 for all
 * @param anonymization how addresses are anonymised as they are written; empty: not at all
 */
public record FlowExport(
    String target,
    BlockEncoding encoding,
    Optional<GroupBy> groupBy,
    GroupRecord record,
    Optional<RankOrder> order,
    int entries,
    Optional<Anonymization> anonymization) {
  /** What is kept of a group of flows. */
  public enum GroupRecord {
    /** All that its first flow carries. */
    WHOLE,
    /** Its keys. */
    KEYS
  }

  /**
   * Writes the file.
   *
   * @throws InputException if the target is no place for a file
   * @throws QuestionException if it is one of the files that are read
   */
  public NfcapdExport.Written write(FlowQuery query) {
    try {
      check(query);
      try (AnswerTable records = records(query)) {
        return new NfcapdExport(target, encoding, anonymization)
            .write(records.rows(), query.source().collector());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + target + ": " + e.getMessage(), e);
    }
  }

  private AnswerTable records(FlowQuery query) {
    if (groupBy.isEmpty()) {
      Dataset<Row> flows = query.limited(FlowExport::typed).rows();
      return OrderedFlows.of(flows, List.of(flows.columns()), order, entries);
    }
    Dataset<Row> groups = query.limited(this::groups).rows();
    return AnswerTable.of(entries > 0 ? groups.limit(entries) : groups);
  }

  private Dataset<Row> groups(Dataset<Row> flows) {
    return record == GroupRecord.KEYS && groupBy.orElseThrow() instanceof Aggregation aggregation
        ? GroupRecords.ofKeys(aggregation, flows, order)
        : GroupRecords.whole(groupBy.orElseThrow(), flows, order);
  }

  /** What a record of a flow is made from, with the types that {@link NfcapdExport} asks for. */
  private static Dataset<Row> typed(Dataset<Row> flows) {
    List<Column> columns = new ArrayList<>();
    for (FlowField field : FlowSchema.fields(flows.schema())) {
      if (field != FlowField.SOURCE_ID) {
        columns.add(col(field.column()).cast(FlowSchema.dataType(field.type())).as(field.column()));
      }
    }
    return flows.select(columns.toArray(Column[]::new));
  }

  /** Nothing but an earlier file is replaced, and no input. */
  private void check(FlowQuery query) throws IOException {
    Configuration hadoop = query.flows().sparkSession().sparkContext().hadoopConfiguration();
    Path path = new Path(target);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    Path whole = fileSystem.makeQualified(path);
    if (fileSystem.exists(whole)) {
      if (fileSystem.getFileStatus(whole).isDirectory()) {
        throw new InputException(target + " is a folder; expected the name of a file to write");
      }
      // Hadoop takes a device for a file.
      if (fileSystem instanceof LocalFileSystem local && !local.pathToFile(whole).isFile()) {
        throw new InputException(
            target + " is no regular file; expected the name of a file to write");
      }
    } else if (!fileSystem.exists(whole.getParent())) {
      throw new InputException(
          "No folder " + whole.getParent() + " to write " + whole.getName() + " into");
    }
    for (RawFileSummary file : query.source().files()) {
      if (new Path(file.path()).equals(whole)) {
        throw new QuestionException(
            target + " is one of the files that are read; write to another file");
      }
    }
  }
}
