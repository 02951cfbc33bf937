package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.col;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SystemConfigs;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.rollup.HostIndex;
import org.flowlake.converters.rollup.HostSightings;
import org.flowlake.converters.rollup.PossibleDays;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupPeriod;
import org.flowlake.converters.rollup.RollupScan;
import org.flowlake.converters.rollup.RollupSnapshot;
import org.flowlake.converters.rollup.RollupTable;
import org.flowlake.converters.search.FlowSearch;
import org.flowlake.converters.search.FoundFlows;

/**
 * A lake: the Iceberg tables {@code flows}, {@code rollups} and {@code sources}.
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

  static {
    // With its worker pool Iceberg plans manifests at once and gives their files as they come:
    // lists, ties and the first flows of a lake would differ from run to run. Read once, before its
    // first scan.
    String pooled = SystemConfigs.SCAN_THREAD_POOL_ENABLED.propertyKey();
    if (System.getProperty(pooled) == null) {
      System.setProperty(pooled, "false");
    }
  }

  private final SparkOnDemand spark;
  private final String location;
  private final String catalogName;
  private final Namespace namespace;
  private final Optional<FolderCatalog> folder;

  /** Of the folder, before there is a session; made when it is first asked for. */
  private Catalog ownCatalog;

  private FlowLake(
      SparkOnDemand spark,
      String location,
      String catalogName,
      Namespace namespace,
      Optional<FolderCatalog> folder) {
    this.spark = spark;
    this.location = location;
    this.catalogName = catalogName;
    this.namespace = namespace;
    this.folder = folder;
  }

  /** Whether there is a lake at this location: both of its tables, of which the ledger is last. */
  public static boolean exists(SparkSession spark, String location) {
    return exists(SparkOnDemand.running(spark), location);
  }

  /** As {@link #exists(SparkSession, String)}; a folder is looked at without a session. */
  public static boolean exists(SparkOnDemand spark, String location) {
    if (!isInCatalog(location)) {
      // Asked first, so that a folder of raw files costs no catalog.
      Path metadata = new Path(new Path(location, LakeLayout.SOURCES), "metadata");
      try {
        if (!metadata.getFileSystem(spark.hadoop()).exists(metadata)) {
          return false;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot look into " + location, e);
      }
    }
    FlowLake lake = at(spark, location);
    return lake.catalog().tableExists(lake.identifier(LakeLayout.SOURCES));
  }

  /**
   * Opens a lake.
   *
   * @throws FileNotFoundException if there is none
   */
  public static FlowLake open(SparkSession spark, String location) throws FileNotFoundException {
    return open(SparkOnDemand.running(spark), location);
  }

  /** As {@link #open(SparkSession, String)}; a folder is opened without a session. */
  public static FlowLake open(SparkOnDemand spark, String location) throws FileNotFoundException {
    if (!exists(spark, location)) {
      throw new FileNotFoundException(
          location + ": no lake there; flowlake convert --lake " + location + " INPUT makes one");
    }
    return at(spark, location);
  }

  /**
   * Opens a lake to change what it has.
   *
   * @throws FileNotFoundException if there is none
   * @throws UncheckedIOException if it does not lie where it was made
   */
  static FlowLake openToChange(SparkSession spark, String location) throws FileNotFoundException {
    FlowLake lake = open(spark, location);
    lake.refuseIfMoved();
    return lake;
  }

  private void refuseIfMoved() {
    if (flowsIceberg().io() instanceof MovedLakeFiles files) {
      throw files.refused();
    }
  }

  /**
   * Opens a lake to add to it; makes an empty one with the core columns where there is none.
   *
   * @throws UncheckedIOException if it does not lie where it was made
   */
  public static FlowLake openOrCreate(SparkSession spark, String location) {
    FlowLake lake = at(SparkOnDemand.running(spark), location);
    if (lake.catalog().tableExists(lake.identifier(LakeLayout.FLOWS))) {
      lake.refuseIfMoved();
    }
    lake.createNamespace();
    List<FlowField> core = FlowField.ofGroups(Set.of());
    Schema flows = LakeLayout.schema(core);
    lake.createIfAbsent(
        LakeLayout.FLOWS, flows, LakeLayout.partitions(flows), LakeLayout.properties(core));
    lake.createIfAbsent(
        LakeLayout.SOURCES,
        SparkSchemaUtil.convert(SourceLedger.SCHEMA),
        PartitionSpec.unpartitioned(),
        Map.of());
    SourceLedger.addColumns(lake.sourcesIceberg());
    lake.makeRollupTable();
    return lake;
  }

  private void createIfAbsent(
      String table, Schema schema, PartitionSpec partitions, Map<String, String> properties) {
    if (!catalog().tableExists(identifier(table))) {
      Map<String, String> all = new HashMap<>(LakeLayout.METADATA_PROPERTIES);
      all.putAll(properties);
      try {
        catalog().createTable(identifier(table), schema, partitions, all);
      } catch (AlreadyExistsException e) {
        // Another writer was quicker: its table is the same.
        return;
      }
    }
  }

  private static FlowLake at(SparkOnDemand spark, String location) {
    if (isInCatalog(location)) {
      String[] parts = location.substring(CATALOG_PREFIX.length()).split("\\.", 2);
      if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
        throw new IllegalArgumentException(
            location + ": a lake in a catalog is named catalog:NAME.NAMESPACE");
      }
      // Its settings are the session's.
      SparkSession session = spark.session();
      String cached = CATALOG_SETTING + parts[0] + CACHE_SETTING;
      if (!session.conf().contains(cached)) {
        session.conf().set(cached, "false");
      }
      Namespace namespace = Namespace.of(parts[1].split("\\.", -1));
      return new FlowLake(spark, location, parts[0], namespace, Optional.empty());
    }
    Path path = new Path(location);
    try {
      path = path.getFileSystem(spark.hadoop()).makeQualified(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot reach the file system of " + location, e);
    }
    FolderCatalog folder = new FolderCatalog(path);
    spark.started().ifPresent(session -> folder.defineIn(session, spark.hadoop()));
    return new FlowLake(spark, location, folder.name(), Namespace.empty(), Optional.of(folder));
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

  /** The session that reads it. */
  public SparkSession spark() {
    SparkSession session = spark.session();
    folder.ifPresent(catalog -> catalog.defineIn(session, spark.hadoop()));
    return session;
  }

  /** All flows of the newest snapshot; columns are those that converted files have carried. */
  public Dataset<Row> flows() {
    return flows(Map.of());
  }

  /** As {@link #flows()}, read with these options of Iceberg's source. */
  public Dataset<Row> flows(Map<String, String> readOptions) {
    return spark().read().options(readOptions).table(flowsTable());
  }

  /**
   * The data files of the newest snapshot, to be read by their order.
   *
   * @param ranges how many ranges of destination addresses are wanted
   * @return empty where only Iceberg's own reader gives the right flows
   */
  public Optional<SortedLakeFiles> sortedFiles(int ranges) {
    Table flows = flowsIceberg();
    return sortedFiles(flows, flows.newScan(), ranges);
  }

  /** As {@link #sortedFiles(int)}, of these days of a snapshot. */
  public Optional<SortedLakeFiles> sortedFiles(int ranges, long snapshot, PossibleDays days) {
    Table flows = flowsIceberg();
    return sortedFiles(
        flows, flows.newScan().useSnapshot(snapshot).filter(days.expression()), ranges);
  }

  private Optional<SortedLakeFiles> sortedFiles(Table flows, TableScan scan, int ranges) {
    // The files of a moved lake are not where its metadata says.
    return flows.io() instanceof MovedLakeFiles
        ? Optional.empty()
        : SortedLakeFiles.of(flows, scan, ranges, spark().sessionState().newHadoopConf());
  }

  /** The columns of the flow table in its newest snapshot. */
  public StructType schema() {
    return SparkSchemaUtil.convert(flowsIceberg().schema());
  }

  /** The ledger: one row per converted raw file, without those of a batch that is under way. */
  public Dataset<Row> sources() {
    Dataset<Row> rows = spark().table(tableName(LakeLayout.SOURCES));
    return PendingBatch.of(sourcesIceberg())
        .map(batch -> rows.filter(col("batch_id").notEqual(batch.id())))
        .orElse(rows);
  }

  /** Sums of flows, all of them: one row per rollup, period and key, see {@link RollupTable}. */
  public Dataset<Row> rollups() {
    return RollupTable.asFlows(spark().table(tableName(RollupTable.NAME)));
  }

  /** The newest snapshot of the flows; empty for a lake that never had any. */
  public OptionalLong flowsSnapshot() {
    Snapshot current = flowsIceberg().currentSnapshot();
    return current == null ? OptionalLong.empty() : OptionalLong.of(current.snapshotId());
  }

  /**
   * The first day (UTC) whose flows are all there, where those before were dropped for their age:
   * rollups may go further back. Empty where none were dropped.
   */
  public Optional<LocalDate> flowsKeptSince() {
    return FlowsKept.since(flowsIceberg());
  }

  /** The rollups that stand for a snapshot of the flows; empty if none do. */
  public Optional<RollupSnapshot> rollupsOf(long flowsSnapshot) {
    return hasRollupTable()
        ? RollupSnapshot.of(rollupsIceberg(), flowsIceberg(), flowsSnapshot)
        : Optional.empty();
  }

  /** Which days the hosts of a snapshot's flows are of; empty where no rollups tell. */
  public Optional<HostIndex> hostIndex(long flowsSnapshot) {
    return rollupsOf(flowsSnapshot)
        .flatMap(state -> HostIndex.of(rollupsIceberg(), state, readers()));
  }

  /**
   * The flows of these hosts on these days, found without a scan.
   *
   * @return empty where a scan has to look, see {@link FlowSearch#find}
   */
  public Optional<FoundFlows> search(
      long flowsSnapshot, List<HostSightings> hosts, PossibleDays days) {
    Table flows = flowsIceberg();
    return SortedLakeFiles.namesAreStable(flows)
        ? new FlowSearch(flows, LakeLayout.fields(flows), LakeLayout.ROW_GROUP_BYTES, readers())
            .find(flowsSnapshot, hosts, days)
        : Optional.empty();
  }

  /** When the flows of the raw files begin and end, as these stated it. */
  public LedgerTimes statedTimes() {
    return LedgerTimes.of(sourcesIceberg());
  }

  /**
   * Files of a rollup, to be read in this JVM.
   *
   * @return empty where only Iceberg's own reader gives the right rows; see {@link RollupScan#of}
   */
  public Optional<RollupScan> rollupScan(
      RollupSnapshot snapshot, Rollup rollup, RollupPeriod period, int fromDay, int endDay) {
    return RollupScan.of(rollupsIceberg(), snapshot, rollup, period, fromDay, endDay);
  }

  /** How many files are read at once where no Spark job reads them. */
  public int readers() {
    return spark
        .started()
        .map(SparkSession::sparkContext)
        .filter(SparkContext::isLocal)
        .map(SparkContext::defaultParallelism)
        .orElse(Runtime.getRuntime().availableProcessors());
  }

  /** The flows of one snapshot. */
  public Dataset<Row> flows(long snapshot) {
    return flows(snapshot, Map.of());
  }

  /** The flows of one snapshot, read with these options of Iceberg's source. */
  public Dataset<Row> flows(long snapshot, Map<String, String> readOptions) {
    return at(snapshot, LakeLayout.FLOWS, readOptions);
  }

  /** The rollups as they are stored, see {@link RollupTable}. */
  public Dataset<Row> storedRollups(RollupSnapshot snapshot) {
    return at(snapshot.id(), RollupTable.NAME, Map.of());
  }

  private Dataset<Row> at(long snapshot, String table, Map<String, String> readOptions) {
    return spark()
        .read()
        .options(readOptions)
        .option(SparkReadOptions.VERSION_AS_OF, snapshot)
        .table(tableName(table));
  }

  /** The name under which SQL finds the flows in this session. */
  public String flowsTable() {
    return tableName(LakeLayout.FLOWS);
  }

  Table flowsIceberg() {
    return catalog().loadTable(identifier(LakeLayout.FLOWS));
  }

  Table sourcesIceberg() {
    return catalog().loadTable(identifier(LakeLayout.SOURCES));
  }

  Table rollupsIceberg() {
    return catalog().loadTable(identifier(RollupTable.NAME));
  }

  /** A lake of an older version has none. */
  boolean hasRollupTable() {
    return catalog().tableExists(identifier(RollupTable.NAME));
  }

  void makeRollupTable() {
    Schema rollups = RollupTable.schema();
    createIfAbsent(
        RollupTable.NAME, rollups, RollupTable.partitions(rollups), RollupTable.properties());
  }

  String removedTable() {
    return tableName(LakeLayout.REMOVED);
  }

  boolean hasRemovedDays() {
    return catalog().tableExists(identifier(LakeLayout.REMOVED));
  }

  /** Makes the table of removed days where there is none: most lakes never need it. */
  void makeRemovedTable() {
    createIfAbsent(
        LakeLayout.REMOVED,
        SparkSchemaUtil.convert(RemovedDays.SCHEMA),
        PartitionSpec.unpartitioned(),
        Map.of());
  }

  /** All tables of the lake that are there. */
  List<Table> tables() {
    return LakeLayout.TABLES.stream()
        .map(this::identifier)
        .filter(catalog()::tableExists)
        .map(catalog()::loadTable)
        .toList();
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

  private synchronized Catalog catalog() {
    if (folder.isEmpty() || spark.started().isPresent()) {
      return sparkCatalog().icebergCatalog();
    }
    if (ownCatalog == null) {
      ownCatalog = folder.get().open(spark.hadoop());
    }
    return ownCatalog;
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
    return (SparkCatalog) spark().sessionState().catalogManager().catalog(catalogName);
  }
}
