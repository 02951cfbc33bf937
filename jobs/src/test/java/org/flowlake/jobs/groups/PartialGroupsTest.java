package org.flowlake.jobs.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowlake.jobs.groups.DrawnGroups.FEW_BYTES;
import static org.flowlake.jobs.groups.DrawnGroups.LAYOUT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Tuple2;

/** What a task hands on is, merged, the sums of what it read, however full its tables become. */
class PartialGroupsTest {
  private static final int PARTS = 4;

  @ParameterizedTest
  @CsvSource({
    // Tables that never become full, that do for nearly every batch, and that are passed by.
    "20000, 50, 67108864",
    "20000, 5000, 67108864",
    "20000, 5000, 0",
    "300000, 200000000, 67108864",
    "7, 3, 0"
  })
  void mergedTheyAreTheSumsOfAllRows(int count, int groups, int bytes) {
    DrawnGroups rows = new DrawnGroups(groups);
    Iterator<InternalRow> read =
        IntStream.range(0, count).<InternalRow>mapToObj(i -> rows.draw()).iterator();
    PartialGroups partial =
        new PartialGroups(
            read,
            List.of(new RowForm.OfRows(LAYOUT)),
            LAYOUT,
            PARTS,
            Math.max(bytes, FEW_BYTES),
            more -> {});
    List<List<byte[]>> parts = IntStream.range(0, PARTS).mapToObj(PartialGroupsTest::none).toList();
    while (partial.hasNext()) {
      Tuple2<Integer, byte[]> block = partial.next();
      parts.get(block._1()).add(block._2());
    }

    Map<DrawnGroups.Key, DrawnGroups.Sums> found = new HashMap<>();
    for (List<byte[]> part : parts) {
      MergedPart merged =
          new MergedPart(
              part.iterator(),
              LAYOUT,
              256 << 20,
              () -> {
                throw new AssertionError("there is room for all");
              });
      found.putAll(DrawnGroups.read(merged));
    }
    assertThat(found).isEqualTo(rows.drawn());
  }

  private static List<byte[]> none(int part) {
    return new ArrayList<>();
  }
}
