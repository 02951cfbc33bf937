package org.flowlake.converters.lake;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.RewriteManifests;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;

/**
 * Puts the lists of a table's files together: every commit writes one, and a question reads all of
 * them before it reads a flow.
 */
final class ManifestMerging {
  /** Half of Iceberg's target: what is larger is left as it is. */
  private static final long SMALL_MANIFEST_BYTES = 4L << 20;

  private static final int FEWEST_SMALL_MANIFESTS = 4;

  private ManifestMerging() {}

  /**
   * Rewrites small lists as one, if there are several; one commit.
   *
   * @param summary what the new snapshot has to say, such as the batch that the table stands for
   */
  static void run(Table table, Map<String, String> summary) {
    limitOldMetadata(table);
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return;
    }
    List<ManifestFile> manifests = current.dataManifests(table.io());
    if (manifests.stream().filter(ManifestMerging::isSmall).count() < FEWEST_SMALL_MANIFESTS) {
      return;
    }
    RewriteManifests rewrite =
        table.rewriteManifests().clusterBy(file -> "all").rewriteIf(ManifestMerging::isSmall);
    summary.forEach(rewrite::set);
    rewrite.commit();
  }

  /** A lake of an older version has more of it. */
  private static void limitOldMetadata(Table table) {
    if (table.properties().entrySet().containsAll(LakeLayout.METADATA_PROPERTIES.entrySet())) {
      return;
    }
    UpdateProperties properties = table.updateProperties();
    LakeLayout.METADATA_PROPERTIES.forEach(properties::set);
    properties.commit();
  }

  private static boolean isSmall(ManifestFile manifest) {
    return manifest.length() < SMALL_MANIFEST_BYTES;
  }
}
