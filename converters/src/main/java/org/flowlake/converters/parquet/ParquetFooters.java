package org.flowlake.converters.parquet;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * The footers of a lake's data files, read once per JVM: Iceberg never writes a second file of the
 * same name, and a file's footer takes longer to read than one host's flows.
 */
public final class ParquetFooters {
  private static final int MOST_FILES = 1024;

  /** By path; those used longest ago go first. Memory that runs short takes all. */
  private static final Map<String, SoftReference<ParquetMetadata>> KNOWN =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SoftReference<ParquetMetadata>> old) {
          return size() > MOST_FILES;
        }
      };

  private ParquetFooters() {}

  /**
   * The footer of a data file that Hadoop gives access to.
   *
   * @param path of the file, as Iceberg's metadata names it
   */
  public static ParquetMetadata of(String path, Configuration hadoop) throws IOException {
    ParquetMetadata known = known(path);
    if (known != null) {
      return known;
    }
    // Without options Parquet would read Hadoop's files of settings anew, for each file.
    return read(
        path,
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new Path(path), hadoop),
            HadoopReadOptions.builder(hadoop).build()));
  }

  /**
   * Reads, by all cores, the footers of data files that are not known, which {@link #of(String,
   * Configuration)} gives afterwards. None is held on to: where memory runs short it reads again.
   *
   * @throws java.io.UncheckedIOException if one cannot be read
   */
  public static void load(List<String> paths, Configuration hadoop) {
    List<Callable<Void>> unknown = new ArrayList<>();
    for (String path : paths) {
      if (known(path) == null) {
        unknown.add(
            () -> {
              of(path, hadoop);
              return null;
            });
      }
    }
    if (unknown.size() > 1) {
      int cores = Runtime.getRuntime().availableProcessors();
      try (FileReaders readers = new FileReaders(cores, "the footers of data files")) {
        readers.results(unknown);
      }
    }
  }

  /** The footer of a data file that Iceberg gives access to. */
  public static ParquetMetadata of(StoredParquet file) throws IOException {
    String path = file.toString();
    ParquetMetadata known = known(path);
    return known == null
        ? read(path, ParquetFileReader.open(file, StoredParquet.options()))
        : known;
  }

  private static ParquetMetadata known(String path) {
    synchronized (KNOWN) {
      SoftReference<ParquetMetadata> known = KNOWN.get(path);
      return known == null ? null : known.get();
    }
  }

  private static ParquetMetadata read(String path, ParquetFileReader opened) throws IOException {
    try (ParquetFileReader reader = opened) {
      ParquetMetadata footer = reader.getFooter();
      synchronized (KNOWN) {
        KNOWN.put(path, new SoftReference<>(footer));
      }
      return footer;
    }
  }
}
