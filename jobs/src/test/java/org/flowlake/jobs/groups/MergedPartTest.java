package org.flowlake.jobs.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowlake.jobs.groups.DrawnGroups.FEW_BYTES;
import static org.flowlake.jobs.groups.DrawnGroups.LAYOUT;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.unsafe.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups beside sums in a map, with memory for a few of them. */
class MergedPartTest {
  private static final int ROWS = 20_000;

  @TempDir Path folder;
  private final DrawnGroups rows = new DrawnGroups(5_000);

  @Test
  void groupsThatFindNoRoomAreMergedOnDisk() throws IOException {
    MergedPart part = new MergedPart(blocks(), LAYOUT, FEW_BYTES, this::file);

    assertThat(DrawnGroups.read(part)).isEqualTo(rows.drawn());
    assertThat(part.spilledBytes()).isPositive();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void groupsThatFindRoomStayInMemory() {
    MergedPart part = new MergedPart(blocks(), LAYOUT, 64 << 20, this::file);

    assertThat(DrawnGroups.read(part)).isEqualTo(rows.drawn());
    assertThat(part.spilledBytes()).isZero();
  }

  @Test
  void filesOfAnAbandonedPartGo() throws IOException {
    MergedPart part = new MergedPart(blocks(), LAYOUT, FEW_BYTES, this::file);
    part.next();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isNotEmpty();
    }
    part.close();

    assertThat(folder).isEmptyDirectory();
  }

  /** Rows in the code in which tasks exchange them. */
  private Iterator<byte[]> blocks() {
    List<byte[]> blocks = new ArrayList<>();
    GroupBlocks gathered =
        new GroupBlocks(new RowCode(LAYOUT), 2, (part, block) -> blocks.add(block));
    byte[] packed = new byte[LAYOUT.size()];
    for (int i = 0; i < ROWS; i++) {
      LAYOUT.pack(rows.draw(), packed, Platform.BYTE_ARRAY_OFFSET);
      gathered.add(i % 2, packed, Platform.BYTE_ARRAY_OFFSET);
    }
    gathered.flush();
    return blocks.iterator();
  }

  private File file() {
    try {
      return Files.createTempFile(folder, "groups", "").toFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
