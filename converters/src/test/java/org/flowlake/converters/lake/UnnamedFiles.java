package org.flowlake.converters.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** What lies in the folder of a lake and is named by no table of it: what dead runs left behind. */
final class UnnamedFiles {
  private UnnamedFiles() {}

  /** All such files but the locks; Hadoop's checksums count with the files that they are of. */
  static Set<Path> of(FlowLake lake, Path folder) throws IOException {
    Set<Path> named = new TreeSet<>();
    for (Table table : lake.tables()) {
      addNamed(table, named);
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("\\.flowlake-\\w+\\.lock"))
          .filter(file -> !named.contains(withoutChecksum(file)))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Path withoutChecksum(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(".crc")
        ? file.resolveSibling(name.substring(1, name.length() - ".crc".length()))
        : file;
  }

  private static void addNamed(Table table, Set<Path> named) throws IOException {
    add(named, List.of(ReachableFileUtil.versionHintLocation(table)));
    add(named, ReachableFileUtil.metadataFileLocations(table, true));
    add(named, ReachableFileUtil.manifestListLocations(table));
    for (Snapshot snapshot : table.snapshots()) {
      snapshot.allManifests(table.io()).forEach(manifest -> add(named, List.of(manifest.path())));
      try (CloseableIterable<FileScanTask> tasks =
          table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
        tasks.forEach(task -> add(named, List.of(task.file().location())));
      }
    }
  }

  private static void add(Set<Path> named, Iterable<String> locations) {
    for (String location : locations) {
      named.add(Path.of(new org.apache.hadoop.fs.Path(location).toUri().getPath()));
    }
  }
}
