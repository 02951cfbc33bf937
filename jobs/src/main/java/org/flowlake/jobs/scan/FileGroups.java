package org.flowlake.jobs.scan;

import java.io.Serializable;
import java.util.List;

/**
 * Row groups of one file.
 *
 * @param path of the file, as Iceberg's metadata names it
 */
record FileGroups(String path, List<StoredGroup> groups) implements Serializable {
  /** No flow is last seen after this time, microseconds since 1970-01-01 UTC. */
  long latest() {
    return groups.stream().mapToLong(StoredGroup::latest).max().orElse(Long.MIN_VALUE);
  }
}
