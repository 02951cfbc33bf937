package org.flowlake.jobs.derive;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.flowlake.udfs.geo.GeoDatabase;

/**
 * Which files in MaxMind's format to look addresses up in. It travels with tasks; each JVM opens
 * the files once.
 *
 * @param locations paths of this machine, or URIs of a Hadoop file system; none for no lookups
 */
public record GeoFiles(List<String> locations) implements Serializable {
  /** No files. */
  public static final GeoFiles NONE = new GeoFiles(List.of());

  /** Names the files where nothing else does. */
  public static final String VARIABLE = "FLOWLAKE_GEODB";

  private static final Map<List<String>, GeoDatabase> OPEN = new ConcurrentHashMap<>();

  public GeoFiles {
    locations = List.copyOf(locations);
  }

  /** Files named in one text, separated by commas; {@code none} and the empty text are none. */
  public static GeoFiles parse(String text) {
    return text == null || text.isBlank() || text.equals("none")
        ? NONE
        : new GeoFiles(Arrays.stream(text.split(",")).map(String::strip).toList());
  }

  /** The files that the environment variable {@value #VARIABLE} names. */
  public static GeoFiles ofEnvironment() {
    return parse(System.getenv(VARIABLE));
  }

  public boolean isEmpty() {
    return locations.isEmpty();
  }

  /** Sends files of this machine to executors elsewhere; those of a shared file system stay. */
  public void shareWith(SparkContext spark) {
    if (!spark.isLocal()) {
      for (String location : locations) {
        if (new File(location).isFile()) {
          spark.addFile(location);
        }
      }
    }
  }

  /**
   * The open database.
   *
   * @throws UncheckedIOException if a file is not there or not in MaxMind's format; the message
   *     names it
   */
  public GeoDatabase database() {
    return OPEN.computeIfAbsent(locations, GeoFiles::open);
  }

  private static GeoDatabase open(List<String> locations) {
    GeoDatabase database = new GeoDatabase();
    for (String location : locations) {
      try {
        add(database, location);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Cannot read "
                + location
                + " as a database in MaxMind's format (.mmdb): "
                + e.getMessage(),
            e);
      }
    }
    return database;
  }

  private static void add(GeoDatabase database, String location) throws IOException {
    File local = new File(location);
    if (!local.isFile() && !location.contains(":")) {
      local = sent(local);
    }
    if (local.isFile()) {
      database.add(local);
      return;
    }
    Path path = new Path(location);
    try (InputStream file = path.getFileSystem(new Configuration()).open(path)) {
      database.add(file);
    }
  }

  /** Where Spark puts what {@link #shareWith} or {@code --files} sent. */
  private static File sent(File file) throws FileNotFoundException {
    if (org.apache.spark.SparkEnv.get() == null) {
      throw new FileNotFoundException("no such file");
    }
    return new File(SparkFiles.get(file.getName()));
  }
}
