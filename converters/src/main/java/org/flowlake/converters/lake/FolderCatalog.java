package org.flowlake.converters.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.SparkSession;

/**
 * The Iceberg catalog of a lake that is a folder, with the same settings in a Spark session and
 * without one.
 *
 * @param folder of the lake, with its file system
 */
record FolderCatalog(Path folder) {
  private static final String SETTING = "spark.sql.catalog.";

  /** The name of the catalog in a Spark session. */
  String name() {
    return "lake_" + Integer.toHexString(folder.toString().hashCode());
  }

  /** Makes the catalog known to a session, which may know it already. */
  void defineIn(SparkSession spark, Configuration hadoop) {
    String setting = SETTING + name();
    if (!spark.conf().contains(setting)) {
      settings(hadoop).forEach((key, value) -> spark.conf().set(setting + "." + key, value));
      spark.conf().set(setting, SparkCatalog.class.getName());
    }
  }

  /** The catalog itself. */
  Catalog open(Configuration hadoop) {
    return CatalogUtil.buildIcebergCatalog(name(), settings(hadoop), hadoop);
  }

  private Map<String, String> settings(Configuration hadoop) {
    Map<String, String> settings = new HashMap<>();
    settings.put("type", "hadoop");
    settings.put("warehouse", folder.toString());
    // Another process may have committed since: every question reads the newest snapshot.
    settings.put("cache-enabled", "false");
    if (FlowLake.isLocal(folder)) {
      settings.put("lock-impl", CommitLock.class.getName());
    }
    madeAt(hadoop)
        .ifPresent(from -> settings.putAll(MovedLakeFiles.settings(from, folder.toString())));
    return settings;
  }

  /**
   * The folder that the lake's metadata names, if that is another one than where it lies: it was
   * moved or copied since. Another way to the same folder, such as a symbolic link, is none.
   */
  private Optional<String> madeAt(Configuration hadoop) {
    Path flows = new Path(folder, LakeLayout.FLOWS);
    Path named;
    try {
      named = new Path(new HadoopTables(hadoop).load(flows.toString()).location());
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
    if (named.toUri().getPath().equals(flows.toUri().getPath())) {
      return Optional.empty();
    }
    try {
      java.nio.file.Path before = java.nio.file.Path.of(named.toUri().getPath());
      if (FlowLake.isLocal(folder)
          && Files.exists(before)
          && Files.isSameFile(before, java.nio.file.Path.of(flows.toUri().getPath()))) {
        return Optional.empty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look into " + named, e);
    }
    return Optional.of(named.getParent().toString());
  }
}
