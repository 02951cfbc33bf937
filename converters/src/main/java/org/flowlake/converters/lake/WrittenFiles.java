package org.flowlake.converters.lake;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.flowlake.converters.rollup.RollupFiles;

/**
 * What tasks of a conversion wrote; nothing refers to it yet.
 *
 * @param flows data files of the flows
 * @param rollups the same of the rollups
 */
record WrittenFiles(List<DataFile> flows, RollupFiles rollups) implements Serializable {
  static final WrittenFiles NONE = new WrittenFiles(List.of(), RollupFiles.NONE);

  WrittenFiles {
    flows = List.copyOf(flows);
  }

  WrittenFiles plus(WrittenFiles more) {
    List<DataFile> all = new ArrayList<>(flows);
    all.addAll(more.flows);
    return new WrittenFiles(all, rollups.plus(more.rollups));
  }
}
