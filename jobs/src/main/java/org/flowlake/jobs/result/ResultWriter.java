package org.flowlake.jobs.result;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.jobs.InputException;
import org.flowlake.jobs.question.QuestionException;

/**
 * Writes a table to a file or to a folder of files, on any file system that Hadoop knows. The tasks
 * write, beside the target and under a name that begins with a dot; when all is written it takes
 * the target's place. A run that fails leaves the target as it was.
 *
 * <p>A file is replaced by one rename, which on a local disk and on HDFS is atomic. A folder is
 * swapped by two renames: a reader sees the old one, for a moment none, or the new one, never a
 * part. On object stores a rename copies.
 *
 * @param format of the files
 * @param files how many; 1 makes a file, 0 a folder with as many as there are tasks
 * @param zone of the times in CSV and JSON, which carry their offset
 */
public record ResultWriter(ResultFormat format, int files, ZoneId zone) {
  private static final String SUCCESS = "_SUCCESS";
  private static final String PART = "part-";
  static final String TIMESTAMP = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";

  public ResultWriter {
    if (files < 0) {
      throw new QuestionException("--files is " + files + "; expected 0 (as they come) or more");
    }
  }

  /**
   * Writes the table, in place of what is at the target.
   *
   * @throws InputException if the target is a folder that no such run has written
   */
  public void write(Dataset<Row> table, String target) {
    Configuration hadoop = table.sparkSession().sparkContext().hadoopConfiguration();
    try {
      FileSystem fileSystem = new Path(target).getFileSystem(hadoop);
      Path path = fileSystem.makeQualified(new Path(target));
      refuseForeign(fileSystem, path);
      Path written = beside(path, "new");
      try {
        writeFolder(table, written);
        if (files == 1) {
          replaceFile(fileSystem, onlyPart(fileSystem, written), path, hadoop);
        } else {
          replaceFolder(fileSystem, written, path);
        }
      } finally {
        fileSystem.delete(written, true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + target, e);
    }
  }

  private void writeFolder(Dataset<Row> table, Path folder) {
    Dataset<Row> rows = files == 0 ? table : AdjacentPartitions.of(table, files);
    rows.write()
        .format(format.source())
        .options(format.options())
        .option("timestampFormat", TIMESTAMP)
        .option("timeZone", zone.getId())
        .save(folder.toString());
  }

  /** Nothing but an earlier result is replaced. */
  private void refuseForeign(FileSystem fileSystem, Path path) throws IOException {
    FileStatus status;
    try {
      status = fileSystem.getFileStatus(path);
    } catch (FileNotFoundException e) {
      return;
    }
    if (status.isDirectory() && files == 1) {
      throw new InputException(
          path + " is a folder; --files 1 writes one file, --files 0 a folder of files");
    } else if (status.isFile() && files != 1) {
      throw new InputException(path + " is a file; --files 1 replaces it, others make a folder");
    } else if (status.isDirectory() && !isResult(fileSystem, path)) {
      throw new InputException(
          path + " has other files in it than results, and is not replaced; name another folder");
    }
  }

  private static boolean isResult(FileSystem fileSystem, Path folder) throws IOException {
    return Arrays.stream(fileSystem.listStatus(folder))
        .allMatch(
            entry ->
                entry.isFile()
                    && (entry.getPath().getName().startsWith(PART)
                        || entry.getPath().getName().startsWith("." + PART)
                        || entry.getPath().getName().endsWith(SUCCESS)
                        || entry.getPath().getName().endsWith(SUCCESS + ".crc")));
  }

  private static Path onlyPart(FileSystem fileSystem, Path folder) throws IOException {
    FileStatus[] parts = fileSystem.listStatus(folder, part -> part.getName().startsWith(PART));
    if (parts.length != 1) {
      throw new IOException("Expected one file in " + folder + ", found " + parts.length);
    }
    return parts[0].getPath();
  }

  private static void replaceFile(
      FileSystem fileSystem, Path written, Path target, Configuration hadoop) throws IOException {
    if (fileSystem instanceof LocalFileSystem local) {
      // Hadoop's own rename on a local disk removes the target first. The sum beside an earlier
      // result would not fit the new one.
      Files.deleteIfExists(local.pathToFile(local.getChecksumFile(target)).toPath());
      Files.move(
          local.pathToFile(written).toPath(),
          local.pathToFile(target).toPath(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    FileContext.getFileContext(target.toUri(), hadoop).rename(written, target, Rename.OVERWRITE);
  }

  private static void replaceFolder(FileSystem fileSystem, Path written, Path target)
      throws IOException {
    if (!fileSystem.exists(target)) {
      rename(fileSystem, written, target);
      return;
    }
    Path old = beside(target, "old");
    rename(fileSystem, target, old);
    try {
      rename(fileSystem, written, target);
    } catch (IOException e) {
      rename(fileSystem, old, target);
      throw e;
    }
    fileSystem.delete(old, true);
  }

  private static void rename(FileSystem fileSystem, Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException("Cannot rename " + from + " to " + to);
    }
  }

  private static Path beside(Path target, String role) {
    return new Path(
        target.getParent(), "." + target.getName() + "." + role + "." + UUID.randomUUID());
  }
}
