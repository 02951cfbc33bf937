package org.flowlake.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.converters.lake.SparkOnDemand;

/** Finds out what lies at a path. */
final class SourceDetection {
  private SourceDetection() {}

  static FlowSource detect(SparkOnDemand spark, String location) {
    if (FlowLake.exists(spark, location)) {
      return LakeFlowSource.open(spark, location);
    }
    Path path = new Path(location);
    try {
      FileSystem fileSystem = path.getFileSystem(spark.hadoop());
      return holdsParquet(fileSystem, fileSystem.getFileStatus(path))
          ? new ParquetFlowSource(spark.session(), location)
          : new RawFlowSource(spark.session(), List.of(location));
    } catch (FileNotFoundException e) {
      throw new InputException(location + " is not a file or directory", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Parquet file, or a folder with one in it or in its partition folders ({@code date=…}). */
  private static boolean holdsParquet(FileSystem fileSystem, FileStatus status) throws IOException {
    if (status.isFile()) {
      return status.getPath().getName().toLowerCase(Locale.ROOT).endsWith(".parquet");
    }
    for (FileStatus entry : fileSystem.listStatus(status.getPath())) {
      boolean partition = entry.isDirectory() && entry.getPath().getName().contains("=");
      if ((entry.isFile() || partition) && holdsParquet(fileSystem, entry)) {
        return true;
      }
    }
    return false;
  }
}
