package org.flowlake.converters.rollup;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;

/**
 * What tasks wrote for the rollups.
 *
 * @param files new data files, which nothing refers to yet
 * @param tooLarge rollups that were given up, because they have too many rows for their flows
 */
public record RollupFiles(List<DataFile> files, Set<Rollup> tooLarge) implements Serializable {
  /** Nothing. */
  public static final RollupFiles NONE = new RollupFiles(List.of(), Set.of());

  public RollupFiles {
    files = List.copyOf(files);
    tooLarge = Set.copyOf(tooLarge);
  }

  /** Those of this task and of another. */
  public RollupFiles plus(RollupFiles more) {
    List<DataFile> all = new ArrayList<>(files);
    all.addAll(more.files);
    Set<Rollup> large = EnumSet.noneOf(Rollup.class);
    large.addAll(tooLarge);
    large.addAll(more.tooLarge);
    return new RollupFiles(all, large);
  }
}
