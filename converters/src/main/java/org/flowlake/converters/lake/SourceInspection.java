package org.flowlake.converters.lake;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.flowlake.converters.io.CorruptFlowFileException;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.UnsupportedFlowFormatException;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.UnreadableFiles;
import org.flowlake.udfs.anonymize.Anonymization;
import org.flowlake.udfs.anonymize.CryptoPan;

/** The first pass of a conversion: every file is opened, hashed and counted, on the executors. */
final class SourceInspection {
  /** Small tasks even out files of unequal size; each costs some milliseconds. */
  private static final int TASKS_PER_CORE = 4;

  private final SparkSession spark;
  private final DamagePolicy damage;
  private final MismatchPolicy mismatch;
  private final Optional<Anonymization> anonymization;

  /** An inspection that accepts what these policies accept. */
  SourceInspection(
      SparkSession spark,
      DamagePolicy damage,
      MismatchPolicy mismatch,
      Optional<Anonymization> anonymization) {
    this.spark = spark;
    this.damage = damage;
    this.mismatch = mismatch;
    this.anonymization = anonymization;
  }

  /**
   * What was found in each file, in the order given, without those that the policies let be left
   * out: for each of these a sentence is added to the notes.
   *
   * @throws UnreadableSourcesException for files that cannot be read at all
   * @throws RefusedSourcesException for files that the policies do not accept
   */
  List<InspectedSource> inspect(List<FlowFileEntry> files, List<String> notes) throws IOException {
    DamagePolicy policy = damage;
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    int tasks =
        Math.max(
            1, Math.min(files.size(), TASKS_PER_CORE * spark.sparkContext().defaultParallelism()));
    List<Outcome> outcomes =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(files, tasks)
            .map(file -> outcome(file, policy, hadoop))
            .collect();
    List<InspectedSource> accepted = accepted(outcomes, notes);
    if (anonymization.isPresent()) {
      CryptoPan cryptoPan = new CryptoPan(anonymization.get());
      accepted.replaceAll(source -> source.anonymized(cryptoPan));
    }
    return accepted;
  }

  private List<InspectedSource> accepted(List<Outcome> outcomes, List<String> notes)
      throws IOException {
    List<InspectedSource> accepted = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    List<String> different = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome.source == null) {
        (outcome.isUnreadable ? unreadable : refused).add(outcome.error);
        continue;
      }
      InspectedSource source = outcome.source;
      accepted.add(source);
      if (!source.differences().isEmpty()) {
        String difference = source.file().path() + ": " + String.join("; ", source.differences());
        boolean explained = damage == DamagePolicy.SKIP && !source.skipped().isEmpty();
        (explained ? notes : different).add(difference);
      }
    }
    if (!unreadable.isEmpty() && damage == DamagePolicy.FAIL) {
      throw new UnreadableSourcesException(unreadable);
    }
    if (!refused.isEmpty() && damage == DamagePolicy.FAIL) {
      throw new RefusedSourcesException(
          refused,
          "Take these files out, or convert with --damage skip to keep what can be trusted.");
    }
    if (!different.isEmpty() && mismatch == MismatchPolicy.FAIL) {
      throw new RefusedSourcesException(
          different,
          "The decoded totals must equal the file's own statistics record; --accept-mismatch"
              + " converts such files all the same and records both figures.");
    }
    notes.addAll(unreadable);
    notes.addAll(refused);
    notes.addAll(different);
    return accepted;
  }

  private static Outcome outcome(
      FlowFileEntry file, DamagePolicy damage, SerializableConfiguration hadoop) {
    try {
      return new Outcome(SourceInspector.inspect(file, damage, hadoop.value()), null, false);
    } catch (CorruptFlowFileException | UnsupportedFlowFormatException e) {
      return new Outcome(null, e.getMessage(), false);
    } catch (IOException e) {
      return new Outcome(null, UnreadableFiles.of(file.path(), e).getMessage(), true);
    }
  }

  /** One of source and error is null. */
  private record Outcome(InspectedSource source, String error, boolean isUnreadable)
      implements Serializable {}
}
