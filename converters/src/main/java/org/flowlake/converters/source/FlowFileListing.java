package org.flowlake.converters.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which files an input names, in nfdump's order: a file is itself; a folder is all files below it,
 * entries of each folder in byte order of their names; anything else is taken as a glob.
 *
 * <p>In folders, names that start with a dot or with {@code nfcapd.current} (a collector is still
 * writing it) and names that contain {@code pcap} are left out, as nfdump 1.7.8 does.
 */
public final class FlowFileListing {
  private static final Comparator<FileStatus> BY_NAME =
      Comparator.comparing(
          status -> status.getPath().getName().getBytes(java.nio.charset.StandardCharsets.UTF_8),
          Arrays::compareUnsigned);

  private FlowFileListing() {}

  /**
   * Lists the files that the inputs name, input after input.
   *
   * @throws FileNotFoundException for an input that names nothing
   */
  public static List<FlowFileEntry> list(List<String> inputs, Configuration hadoop)
      throws IOException {
    List<FlowFileEntry> files = new ArrayList<>();
    for (String input : inputs) {
      Path path = new Path(input);
      FileSystem fileSystem = path.getFileSystem(hadoop);
      FileStatus[] found;
      try {
        found = new FileStatus[] {fileSystem.getFileStatus(path)};
      } catch (FileNotFoundException e) {
        found = fileSystem.globStatus(path);
        if (found == null || found.length == 0) {
          throw new FileNotFoundException(input + ": no such file, folder or match");
        }
        Arrays.sort(found, Comparator.comparing(FileStatus::getPath));
      }
      for (FileStatus status : found) {
        addAll(fileSystem, status, files);
      }
    }
    return files;
  }

  private static void addAll(FileSystem fileSystem, FileStatus status, List<FlowFileEntry> files)
      throws IOException {
    if (!status.isDirectory()) {
      files.add(
          new FlowFileEntry(
              status.getPath().toString(), status.getLen(), status.getModificationTime()));
      return;
    }
    FileStatus[] entries = fileSystem.listStatus(status.getPath());
    Arrays.sort(entries, BY_NAME);
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      boolean left = name.startsWith(".") || name.startsWith("nfcapd.current");
      if (!left && (entry.isDirectory() || !name.contains("pcap"))) {
        addAll(fileSystem, entry, files);
      }
    }
  }
}
