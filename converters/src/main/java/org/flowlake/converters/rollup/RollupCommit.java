package org.flowlake.converters.rollup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;

/**
 * Keeps the rollups in step with the flows: what a batch adds to the flows it adds to them in one
 * commit before, which names the batch. Rollups of a batch that the flows do not have are not used,
 * nor are any once flows were changed otherwise.
 */
public final class RollupCommit {
  private final Table rollups;
  private final Set<Rollup> kept;

  private RollupCommit(Table rollups, Set<Rollup> kept) {
    this.rollups = rollups;
    this.kept = kept;
  }

  /** Takes back what a run that died has added for flows that did not come. */
  public static void settle(Table rollups, Table flows) {
    Snapshot current = flows.currentSnapshot();
    if (isEmpty(current)) {
      if (!isEmpty(rollups.currentSnapshot())) {
        rollups.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
      }
      return;
    }
    Optional<RollupSnapshot> known = RollupSnapshot.of(rollups, flows, current.snapshotId());
    if (known.isPresent() && known.get().id() != rollups.currentSnapshot().snapshotId()) {
      rollups.manageSnapshots().rollbackTo(known.get().id()).commit();
    }
  }

  /** Before a batch: finds out which rollups can be continued; after {@link #settle}. */
  public static RollupCommit begin(Table rollups, Table flows) {
    Snapshot current = flows.currentSnapshot();
    return new RollupCommit(
        rollups,
        isEmpty(current)
            ? possible(flows)
            : RollupSnapshot.of(rollups, flows, current.snapshotId())
                .map(RollupSnapshot::complete)
                .orElse(Set.of()));
  }

  /** For a batch that the rollups cannot follow. */
  public static RollupCommit none(Table rollups) {
    return new RollupCommit(rollups, Set.of());
  }

  /**
   * For rollups that are made anew from all flows; after {@link #settle}.
   *
   * @param outliving the files that stay, of days without flows; what is kept has to be among them
   */
  public static RollupCommit anew(Table rollups, Table flows, RollupDays outliving) {
    Set<Rollup> kept = possible(flows);
    if (!outliving.days().isEmpty()) {
      kept.retainAll(outliving.days().stream().map(RollupTable::rollup).toList());
    }
    return new RollupCommit(rollups, kept);
  }

  /** The rollups that the batch is to be summed for. */
  public Set<Rollup> kept() {
    return kept;
  }

  /**
   * Adds what was summed of a batch.
   *
   * @param flows of the batch
   * @return the rollups that are no longer kept, as they have too many rows for their flows
   */
  public Set<Rollup> commit(RollupFiles written, long flows, String batchId) {
    if (kept.isEmpty()) {
      return Set.of();
    }
    Set<Rollup> dropped = dropped(written, flows);
    Set<Rollup> complete = without(dropped);
    AppendFiles append =
        rollups
            .newAppend()
            .set(RollupTable.BATCH, batchId)
            .set(RollupTable.COMPLETE, RollupTable.text(complete));
    worthKeeping(written, dropped).forEach(append::appendFile);
    append.commit();
    removeEarlier(dropped, batchId, complete);
    return dropped;
  }

  /**
   * Puts what was summed of all flows in the place of what there was.
   *
   * @param outliving files that stay all the same
   * @param flows how many there are
   * @param flowsName see {@link RollupSnapshot#flowsName}
   * @return the rollups that are not kept, as they have too many rows for their flows
   */
  public Set<Rollup> replaceAll(
      RollupFiles written, RollupDays outliving, long flows, String flowsName) {
    Set<Rollup> dropped = dropped(written, flows);
    OverwriteFiles overwrite =
        rollups
            .newOverwrite()
            .set(RollupTable.BATCH, flowsName)
            .set(RollupTable.COMPLETE, RollupTable.text(without(dropped)));
    if (outliving.days().isEmpty()) {
      overwrite.overwriteByRowFilter(Expressions.alwaysTrue());
    } else {
      outliving.removed().forEach(overwrite::deleteFile);
      outliving.days().stream()
          .filter(file -> !without(dropped).contains(RollupTable.rollup(file)))
          .forEach(overwrite::deleteFile);
    }
    worthKeeping(written, dropped).forEach(overwrite::addFile);
    overwrite.commit();
    return dropped;
  }

  /**
   * Puts the same sums into other files, which stand for the same flows.
   *
   * @param state the newest of the rollups
   * @param flowsName see {@link RollupSnapshot#flowsName}
   */
  public static void rewrite(
      Table rollups,
      RollupSnapshot state,
      String flowsName,
      Collection<DataFile> before,
      Collection<DataFile> after) {
    RewriteFiles rewrite = rollups.newRewrite().validateFromSnapshot(state.id());
    summary(flowsName, state.complete()).forEach(rewrite::set);
    before.forEach(rewrite::deleteFile);
    after.forEach(rewrite::addFile);
    rewrite.commit();
  }

  /**
   * Takes files out and puts others in, for flows that are about to change.
   *
   * @param state the newest of the rollups
   * @param flowsName that the flows will have
   * @param dropped rollups that are no longer kept
   */
  public static void revise(
      Table rollups,
      RollupSnapshot state,
      String flowsName,
      Collection<DataFile> before,
      Collection<DataFile> after,
      Set<Rollup> dropped) {
    Set<Rollup> complete = new RollupCommit(rollups, state.complete()).without(dropped);
    OverwriteFiles overwrite = rollups.newOverwrite().validateFromSnapshot(state.id());
    summary(flowsName, complete).forEach(overwrite::set);
    before.forEach(overwrite::deleteFile);
    after.forEach(overwrite::addFile);
    overwrite.commit();
  }

  /** What a snapshot of rollups says that stands for these flows. */
  public static Map<String, String> summary(String flowsName, Set<Rollup> complete) {
    return Map.of(RollupTable.BATCH, flowsName, RollupTable.COMPLETE, RollupTable.text(complete));
  }

  private Set<Rollup> dropped(RollupFiles written, long flows) {
    Set<Rollup> dropped = EnumSet.noneOf(Rollup.class);
    dropped.addAll(written.tooLarge());
    for (Rollup rollup : kept) {
      if (rollup.mayBeLarge() && rows(written, rollup) > flows / RollupWriter.LEAST_FLOWS_PER_ROW) {
        dropped.add(rollup);
      }
    }
    return dropped;
  }

  private Set<Rollup> without(Set<Rollup> dropped) {
    Set<Rollup> complete = EnumSet.noneOf(Rollup.class);
    complete.addAll(kept);
    complete.removeAll(dropped);
    return complete;
  }

  /** The files of the other rollups; those of the dropped ones are deleted. */
  private List<DataFile> worthKeeping(RollupFiles written, Set<Rollup> dropped) {
    List<DataFile> files = new ArrayList<>();
    for (DataFile file : written.files()) {
      if (dropped.contains(RollupTable.rollup(file))) {
        rollups.io().deleteFile(file.location());
      } else {
        files.add(file);
      }
    }
    return files;
  }

  /** Rows of earlier batches, which nothing reads any more. */
  private void removeEarlier(Set<Rollup> dropped, String batchId, Set<Rollup> complete) {
    List<String> names = new ArrayList<>();
    for (Rollup rollup : dropped) {
      for (RollupPeriod period : RollupPeriod.values()) {
        names.add(RollupTable.name(rollup, period));
      }
    }
    if (names.isEmpty()) {
      return;
    }
    DeleteFiles delete =
        rollups
            .newDelete()
            .deleteFromRowFilter(Expressions.in(RollupTable.ROLLUP, names.toArray()))
            .set(RollupTable.BATCH, batchId)
            .set(RollupTable.COMPLETE, RollupTable.text(complete));
    delete.commit();
  }

  private static long rows(RollupFiles written, Rollup rollup) {
    return written.files().stream()
        .filter(file -> RollupTable.rollup(file) == rollup)
        .filter(file -> RollupTable.period(file) == RollupPeriod.DAY)
        .mapToLong(DataFile::recordCount)
        .sum();
  }

  /** Those whose keys the flows have a column for. */
  private static Set<Rollup> possible(Table flows) {
    Set<FlowField> fields = EnumSet.noneOf(FlowField.class);
    flows
        .schema()
        .columns()
        .forEach(column -> FlowSchema.field(column.name()).ifPresent(fields::add));
    Set<Rollup> possible = EnumSet.noneOf(Rollup.class);
    for (Rollup rollup : Rollup.values()) {
      if (fields.containsAll(rollup.keys())) {
        possible.add(rollup);
      }
    }
    return possible;
  }

  private static boolean isEmpty(Snapshot snapshot) {
    return snapshot == null
        || "0".equals(snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
  }
}
