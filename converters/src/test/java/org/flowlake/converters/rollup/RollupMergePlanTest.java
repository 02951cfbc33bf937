package org.flowlake.converters.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.junit.jupiter.api.Test;

/** Which files of rollups are put together. */
class RollupMergePlanTest {
  private static final PartitionSpec SPEC = RollupTable.partitions(RollupTable.schema());
  private static final LocalDate TODAY = LocalDate.of(2024, 3, 12);
  private static final Integer NEW_YEAR = (int) LocalDate.of(2024, 1, 1).toEpochDay();
  private static final Integer YESTERDAY = (int) TODAY.toEpochDay() - 1;
  private static final long MEGABYTE = 1L << 20;

  private static DataFile file(RollupPeriod period, Integer date, long bytes) {
    PartitionData partition = new PartitionData(SPEC.partitionType());
    partition.set(0, RollupTable.name(Rollup.DST_HOST, period));
    partition.set(1, date);
    return DataFiles.builder(SPEC)
        .withPath("file:/" + period + "/" + date + "/" + bytes + ".parquet")
        .withPartition(partition)
        .withFileSizeInBytes(bytes)
        .withRecordCount(1)
        .build();
  }

  private static List<DataFile> files(RollupPeriod period, Integer date, long... megabytes) {
    List<DataFile> files = new ArrayList<>();
    for (long size : megabytes) {
      files.add(file(period, date, size * MEGABYTE));
    }
    return files;
  }

  private static List<Long> mergedMegabytes(List<DataFile> files) {
    List<RollupMergePlan> plans = RollupMergePlan.of(files, TODAY);
    return plans.isEmpty()
        ? List.of()
        : plans.get(0).sets().get(0).stream()
            .map(file -> file.fileSizeInBytes() / MEGABYTE)
            .toList();
  }

  @Test
  void filesOfAClosedDayBecomeOne() {
    assertThat(mergedMegabytes(files(RollupPeriod.DAY, YESTERDAY, 900, 1, 2)))
        .containsExactly(1L, 2L, 900L);
  }

  @Test
  void anOpenDayIsLeftAlone() {
    assertThat(mergedMegabytes(files(RollupPeriod.DAY, YESTERDAY + 1, 1, 2))).isEmpty();
  }

  @Test
  void aSingleFileIsLeftAlone() {
    assertThat(mergedMegabytes(files(RollupPeriod.DAY, YESTERDAY, 1))).isEmpty();
    assertThat(mergedMegabytes(files(RollupPeriod.YEAR, NEW_YEAR, 1))).isEmpty();
  }

  @Test
  void ofAYearTheLargeFilesStayUntilTheSmallAreAQuarterOfThem() {
    assertThat(mergedMegabytes(files(RollupPeriod.YEAR, NEW_YEAR, 400, 5, 6, 20)))
        .containsExactly(5L, 6L, 20L);
    assertThat(mergedMegabytes(files(RollupPeriod.YEAR, NEW_YEAR, 400, 40, 60)))
        .containsExactly(40L, 60L, 400L);
    assertThat(mergedMegabytes(files(RollupPeriod.YEAR, NEW_YEAR, 400, 40))).isEmpty();
  }

  @Test
  void ofAYearSmallFilesAreAlwaysMerged() {
    assertThat(mergedMegabytes(files(RollupPeriod.YEAR, NEW_YEAR, 0, 4))).containsExactly(0L, 4L);
  }

  @Test
  void flowsWithoutTimeBelongToNoOpenDay() {
    assertThat(RollupMergePlan.of(files(RollupPeriod.DAY, null, 1, 2), TODAY))
        .singleElement()
        .extracting(RollupMergePlan::period)
        .isEqualTo("flows without time");
  }

  @Test
  void manyFilesAreMergedInSeveralRounds() {
    List<DataFile> files = new ArrayList<>();
    for (int size = 1; size <= 2 * RollupMergePlan.MOST_FILES; size++) {
      files.add(file(RollupPeriod.DAY, YESTERDAY, size));
    }
    assertThat(RollupMergePlan.of(files, TODAY).get(0).sets().get(0))
        .hasSize(RollupMergePlan.MOST_FILES);
  }

  @Test
  void periodsAreNamed() {
    List<DataFile> files = new ArrayList<>(files(RollupPeriod.YEAR, NEW_YEAR, 1, 2));
    files.addAll(files(RollupPeriod.DAY, NEW_YEAR, 1, 2));
    assertThat(RollupMergePlan.of(files, TODAY))
        .extracting(RollupMergePlan::period)
        .containsExactly("2024", "2024-01-01");
  }
}
