package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.flowlake.converters.flow.FlowField;

/**
 * A lake: the Iceberg tables {@code flows} and {@code sources}.
 *
 * <p>A location is a folder on any Hadoop file system (an Iceberg Hadoop catalog of its own), or
 * {@code catalog:NAME.NAMESPACE} for tables of a catalog that the session's {@code
 * spark.sql.catalog.NAME} settings define.
 */
public final class FlowLake {
  private static final String CATALOG_PREFIX = "catalog:";
  private static final String CATALOG_SETTING = "spark.sql.catalog.";

  /** Another process may have committed since: every question reads the newest snapshot. */
  private static final String CACHE_SETTING = ".cache-enabled";

  /** Read options for a task per row group, see {@link LakeLayout}: some 160,000 flows. */
  public static final Map<String, String> SMALL_TASKS =
      Map.of(
          SparkReadOptions.SPLIT_SIZE,
          Long.toString(LakeLayout.ROW_GROUP_BYTES),
          SparkReadOptions.FILE_OPEN_COST,
          Long.toString(LakeLayout.ROW_GROUP_BYTES));

  private final SparkSession spark;
  private final String location;
  private final String catalogName;
  private final Namespace namespace;

  private FlowLake(SparkSession spark, String location, String catalogName, Namespace namespace) {
    this.spark = spark;
    this.location = location;
    this.catalogName = catalogName;
    this.namespace = namespace;
  }

  /** Whether there is a lake at this location. */
  public static boolean exists(SparkSession spark, String location) {
    if (!isInCatalog(location)) {
      // Asked first, so that a folder of raw files costs no catalog.
      Path metadata = new Path(new Path(location, LakeLayout.FLOWS), "metadata");
      try {
        if (!metadata.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(metadata)) {
          return false;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot look into " + location, e);
      }
    }
    FlowLake lake = at(spark, location);
    return lake.catalog().tableExists(lake.identifier(LakeLayout.FLOWS));
  }

  /**
   * Opens a lake.
   *
   * @throws FileNotFoundException if there is none
   */
  public static FlowLake open(SparkSession spark, String location) throws FileNotFoundException {
    if (!exists(spark, location)) {
      throw new FileNotFoundException(
          location + ": no lake there; flowlake convert --lake " + location + " INPUT makes one");
    }
    return at(spark, location);
  }

  /** Opens a lake; makes an empty one with the core columns where there is none. */
  public static FlowLake openOrCreate(SparkSession spark, String location) {
    FlowLake lake = at(spark, location);
    Catalog catalog = lake.catalog();
    lake.createNamespace();
    try {
      lake.createTables(catalog);
    } catch (AlreadyExistsException e) {
      // Another writer was quicker with one of them; the rest is made now.
      lake.createTables(catalog);
    }
    return lake;
  }

  private void createTables(Catalog catalog) {
    if (!catalog.tableExists(identifier(LakeLayout.FLOWS))) {
      List<FlowField> core = FlowField.ofGroups(Set.of());
      var schema = LakeLayout.schema(core);
      catalog.createTable(
          identifier(LakeLayout.FLOWS),
          schema,
          LakeLayout.partitions(schema),
          LakeLayout.properties(core));
    }
    if (!catalog.tableExists(identifier(LakeLayout.SOURCES))) {
      catalog.createTable(
          identifier(LakeLayout.SOURCES),
          SparkSchemaUtil.convert(SourceLedger.SCHEMA),
          PartitionSpec.unpartitioned(),
          Map.of("format-version", "2", "write.metadata.delete-after-commit.enabled", "true"));
    }
    SourceLedger.addColumns(sourcesIceberg());
  }

  private static FlowLake at(SparkSession spark, String location) {
    if (isInCatalog(location)) {
      String[] parts = location.substring(CATALOG_PREFIX.length()).split("\\.", 2);
      if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
        throw new IllegalArgumentException(
            location + ": a lake in a catalog is named catalog:NAME.NAMESPACE");
      }
      String cached = CATALOG_SETTING + parts[0] + CACHE_SETTING;
      if (!spark.conf().contains(cached)) {
        spark.conf().set(cached, "false");
      }
      return new FlowLake(spark, location, parts[0], Namespace.of(parts[1].split("\\.", -1)));
    }
    Path path = new Path(location);
    try {
      path = path.getFileSystem(spark.sparkContext().hadoopConfiguration()).makeQualified(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot reach the file system of " + location, e);
    }
    String name = "lake_" + Integer.toHexString(path.toString().hashCode());
    String setting = CATALOG_SETTING + name;
    if (!spark.conf().contains(setting)) {
      spark.conf().set(setting + ".type", "hadoop");
      spark.conf().set(setting + ".warehouse", path.toString());
      spark.conf().set(setting + CACHE_SETTING, "false");
      if (isLocal(path)) {
        spark.conf().set(setting + ".lock-impl", CommitLock.class.getName());
      }
      spark.conf().set(setting, SparkCatalog.class.getName());
    }
    return new FlowLake(spark, location, name, Namespace.empty());
  }

  static boolean isInCatalog(String location) {
    return location.startsWith(CATALOG_PREFIX);
  }

  static boolean isLocal(Path qualified) {
    return "file".equals(qualified.toUri().getScheme());
  }

  public String location() {
    return location;
  }

  /** All flows of the newest snapshot; columns are those that converted files have carried. */
  public Dataset<Row> flows() {
    return flows(Map.of());
  }

  /** As {@link #flows()}, read with these options of Iceberg's source. */
  public Dataset<Row> flows(Map<String, String> readOptions) {
    return spark.read().options(readOptions).table(flowsTable());
  }

  /** The ledger: one row per converted raw file. */
  public Dataset<Row> sources() {
    return spark.table(tableName(LakeLayout.SOURCES));
  }

  /** The name under which SQL finds the flows in this session. */
  public String flowsTable() {
    return tableName(LakeLayout.FLOWS);
  }

  /**
   * The time that the converted files span, by their own statistics records; milliseconds since
   * 1970-01-01 UTC. Empty for a lake without flows.
   */
  public Optional<TimeSpan> timeSpan() {
    Row row =
        sources()
            .agg(
                min(when(col("stated.first_seen_millis").gt(0), col("stated.first_seen_millis"))),
                max("stated.last_seen_millis"))
            .head();
    return row.isNullAt(0) || row.isNullAt(1)
        ? Optional.empty()
        : Optional.of(new TimeSpan(row.getLong(0), row.getLong(1)));
  }

  /** From first to last, both in milliseconds since 1970-01-01 UTC, both included. */
  public record TimeSpan(long firstMillis, long lastMillis) {}

  Table flowsIceberg() {
    return catalog().loadTable(identifier(LakeLayout.FLOWS));
  }

  Table sourcesIceberg() {
    return catalog().loadTable(identifier(LakeLayout.SOURCES));
  }

  String sourcesTable() {
    return tableName(LakeLayout.SOURCES);
  }

  private String tableName(String table) {
    StringBuilder name = new StringBuilder(catalogName);
    for (String level : namespace.levels()) {
      name.append(".`").append(level).append('`');
    }
    return name.append('.').append(table).toString();
  }

  private TableIdentifier identifier(String table) {
    return TableIdentifier.of(namespace, table);
  }

  private Catalog catalog() {
    return sparkCatalog().icebergCatalog();
  }

  /** A folder's catalog has no names above its tables; others want them to be made first. */
  private void createNamespace() {
    String[] levels = namespace.levels();
    if (namespace.isEmpty() || sparkCatalog().namespaceExists(levels)) {
      return;
    }
    try {
      sparkCatalog().createNamespace(levels, Map.of());
    } catch (NamespaceAlreadyExistsException e) {
      // Another writer made it meanwhile: it is there, which is all that is asked.
    }
  }

  private SparkCatalog sparkCatalog() {
    return (SparkCatalog) spark.sessionState().catalogManager().catalog(catalogName);
  }
}
