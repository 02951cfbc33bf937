package org.flowlake.jobs.scan;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.flowlake.converters.parquet.RowGroupReader;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** The merged groups of ranges of addresses, a partition each, from files read as columns. */
final class MergedRuns extends RDD<InternalRow> {
  private static final long serialVersionUID = 1L;

  private final transient List<Part> parts;
  private final RunPlan plan;
  private final MergedFiles.Keys keys;
  private final LongAccumulator gaveUp;
  private final Broadcast<SerializableConfiguration> hadoop;

  /** What one task reads: flows of the range in these files. */
  record Part(PlaceRange range, List<FileGroups> files) implements Serializable {}

  MergedRuns(
      SparkContext spark,
      List<Part> parts,
      RunPlan plan,
      MergedFiles.Keys keys,
      LongAccumulator gaveUp,
      Broadcast<SerializableConfiguration> hadoop) {
    super(
        spark,
        CollectionConverters.<Dependency<?>>asScala(List.<Dependency<?>>of()).toSeq(),
        ClassTag$.MODULE$.apply(InternalRow.class));
    this.parts = parts;
    this.plan = plan;
    this.keys = keys;
    this.gaveUp = gaveUp;
    this.hadoop = hadoop;
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = new Partition[parts.size()];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new OfPart(i, parts.get(i));
    }
    return partitions;
  }

  @Override
  public Iterator<InternalRow> compute(Partition split, TaskContext task) {
    Part part = ((OfPart) split).part;
    FlowRuns.Shared shared = new FlowRuns.Shared(plan, keys);
    List<SortedStream> streams = new ArrayList<>();
    for (FileGroups file : part.files()) {
      streams.add(new FlowRuns(open(file.path(), task), file.groups(), part.range(), shared));
    }
    return CollectionConverters.asScala(new MergedGroups(streams, keys.layout(), gaveUp::add));
  }

  private RowGroupReader open(String path, TaskContext task) {
    try {
      RowGroupReader reader = RowGroupReader.open(path, hadoop.value().value());
      task.addTaskCompletionListener((TaskCompletionListener) ended -> close(reader));
      return reader;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(Closeable reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class OfPart implements Partition {
    private static final long serialVersionUID = 1L;

    private final int index;
    private final Part part;

    OfPart(int index, Part part) {
      this.index = index;
      this.part = part;
    }

    @Override
    public int index() {
      return index;
    }
  }
}
