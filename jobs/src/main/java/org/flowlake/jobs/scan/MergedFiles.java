package org.flowlake.jobs.scan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.LongAccumulator;
import org.flowlake.jobs.groups.GroupLayout;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** One partition that reads all partitions of another RDD side by side and merges their groups. */
final class MergedFiles extends RDD<InternalRow> {
  private static final long serialVersionUID = 1L;

  private final AddressRange range;
  private final Keys keys;
  private final LongAccumulator gaveUp;

  /**
   * What the rows are grouped by.
   *
   * @param layout of the groups
   * @param dstColumn index of the destination address
   * @param srcColumn index of the source address; -1 where it is no key
   */
  record Keys(GroupLayout layout, int dstColumn, int srcColumn) implements Serializable {}

  MergedFiles(RDD<InternalRow> files, AddressRange range, Keys keys, LongAccumulator gaveUp) {
    super(
        files.context(),
        CollectionConverters.<Dependency<?>>asScala(List.<Dependency<?>>of(new AllOf(files)))
            .toSeq(),
        ClassTag$.MODULE$.apply(InternalRow.class));
    this.range = range;
    this.keys = keys;
    this.gaveUp = gaveUp;
  }

  @Override
  public Partition[] getPartitions() {
    return new Partition[] {new All(files().partitions())};
  }

  @Override
  public Iterator<InternalRow> compute(Partition split, TaskContext task) {
    List<SortedStream> streams = new ArrayList<>();
    for (Partition file : ((All) split).files) {
      streams.add(
          new RowStream(CollectionConverters.asJava(files().iterator(file, task)), range, keys));
    }
    MergedGroups groups = new MergedGroups(streams, keys.layout(), gaveUp::add);
    return CollectionConverters.asScala(groups);
  }

  private RDD<InternalRow> files() {
    return firstParent(ClassTag$.MODULE$.apply(InternalRow.class));
  }

  private static final class All implements Partition {
    private static final long serialVersionUID = 1L;

    private final Partition[] files;

    All(Partition[] files) {
      this.files = files;
    }

    @Override
    public int index() {
      return 0;
    }
  }

  private static final class AllOf extends NarrowDependency<InternalRow> {
    private static final long serialVersionUID = 1L;

    AllOf(RDD<InternalRow> files) {
      super(files);
    }

    @Override
    public Seq<Object> getParents(int partition) {
      List<Object> all =
          IntStream.range(0, rdd().partitions().length).<Object>mapToObj(i -> i).toList();
      return CollectionConverters.asScala(all).toSeq();
    }
  }
}
