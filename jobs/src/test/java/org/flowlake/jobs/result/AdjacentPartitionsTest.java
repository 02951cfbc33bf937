package org.flowlake.jobs.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.rdd.RDD;
import org.flowlake.jobs.JobsSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Of eight partitions only the sixth lies near to somewhere, as a shuffle may say of its parts. */
class AdjacentPartitionsTest {
  private static final List<Integer> IN_ORDER = List.of(0, 1, 2, 3, 4, 5, 6, 7);

  private static RDD<Integer> partitions() {
    List<Tuple2<Integer, Seq<String>>> placed =
        IN_ORDER.stream()
            .map(i -> new Tuple2<>(i, places(i == 5 ? List.of("near") : List.of())))
            .toList();
    return JobsSession.get()
        .sparkContext()
        .makeRDD(
            CollectionConverters.asScala(placed).toSeq(), ClassTag$.MODULE$.apply(Integer.class));
  }

  private static Seq<String> places(List<String> hosts) {
    return CollectionConverters.asScala(hosts).toSeq();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 20})
  void rowsStayInOrder(int files) {
    RDD<Integer> joined = AdjacentPartitions.joined(partitions(), files);
    assertThat(joined.getNumPartitions()).isEqualTo(Math.min(files, 8));
    assertThat(joined.toJavaRDD().collect()).isEqualTo(IN_ORDER);
    assertThat(joined.toJavaRDD().glom().collect())
        .allMatch(part -> part.size() >= 8 / Math.min(files, 8));
  }

  @Test
  void sparksOwnWayDoesNotKeepThem() {
    assertThat(partitions().toJavaRDD().coalesce(1).collect()).isNotEqualTo(IN_ORDER);
  }
}
