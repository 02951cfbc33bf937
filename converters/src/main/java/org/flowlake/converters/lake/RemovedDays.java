package org.flowlake.converters.lake;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code removed}: one row per day whose flows were dropped for their age. The rows are
 * written before the flows go, so that no flow goes without a trace; a run that died in between
 * leaves rows whose days the next run removes, and then lists again.
 */
final class RemovedDays {
  static final StructType SCHEMA =
      new StructType()
          .add("day", DataTypes.DateType)
          .add("flows", DataTypes.LongType)
          .add("files", DataTypes.IntegerType)
          .add("bytes", DataTypes.LongType)
          .add("removed", DataTypes.TimestampType);

  private final SparkSession spark;
  private final FlowLake lake;

  RemovedDays(SparkSession spark, FlowLake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /** Records these days as removed now. */
  void append(List<LakeExpiry.RemovedDay> days) {
    Timestamp now = new Timestamp(System.currentTimeMillis());
    List<Row> rows = new ArrayList<>();
    for (LakeExpiry.RemovedDay day : days) {
      rows.add(
          RowFactory.create(Date.valueOf(day.day()), day.flows(), day.files(), day.bytes(), now));
    }
    try {
      spark.createDataFrame(rows, SCHEMA).coalesce(1).writeTo(lake.removedTable()).append();
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(lake.location() + ": the table of removed days vanished", e);
    }
  }

  /** How many flows a day had at most when it was removed: late flows may have come back to it. */
  Map<LocalDate, Long> flows() {
    Map<LocalDate, Long> flows = new TreeMap<>();
    if (lake.hasRemovedDays()) {
      spark
          .table(lake.removedTable())
          .groupBy("day")
          .agg(functions.max("flows"))
          .collectAsList()
          .forEach(day -> flows.put(day.getDate(0).toLocalDate(), day.getLong(1)));
    }
    return flows;
  }

  /** The newest day that was removed: days up to it may lack flows. Empty where none was. */
  Optional<LocalDate> newest() {
    if (!lake.hasRemovedDays()) {
      return Optional.empty();
    }
    Row newest = spark.table(lake.removedTable()).agg(functions.max("day")).head();
    return newest.isNullAt(0) ? Optional.empty() : Optional.of(newest.getDate(0).toLocalDate());
  }
}
