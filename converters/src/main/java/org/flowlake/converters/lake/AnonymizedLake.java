package org.flowlake.converters.lake;

import java.io.IOException;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.flowlake.udfs.anonymize.Anonymization;

/**
 * Keeps a lake to one way of anonymising: an address must not stand in one lake under two names, or
 * in the clear beside its anonymous one. The lake holds the key's fingerprint, not the key.
 */
final class AnonymizedLake {
  static final String ANONYMIZED_WITH = "flowlake.anonymized-with";

  private AnonymizedLake() {}

  /**
   * Marks a lake that has no flows yet, and compares with the mark of one that has.
   *
   * @throws IOException if the lake's flows are anonymised in another way, or one of the two is not
   */
  static void agree(FlowLake lake, Optional<Anonymization> asked) throws IOException {
    Table table = lake.flowsIceberg();
    Optional<String> wanted = asked.map(Anonymization::fingerprint);
    Optional<String> marked = Optional.ofNullable(table.properties().get(ANONYMIZED_WITH));
    if (wanted.equals(marked)) {
      return;
    }
    if (table.currentSnapshot() != null) {
      throw new IOException(
          lake.location()
              + ": the lake's addresses are "
              + marked.map(mark -> "anonymised with key " + mark).orElse("not anonymised")
              + ", this conversion's would be "
              + wanted.map(mark -> "anonymised with key " + mark).orElse("in the clear")
              + "; nothing was converted: a lake holds addresses of one kind, convert into another");
    }
    if (wanted.isPresent()) {
      table.updateProperties().set(ANONYMIZED_WITH, wanted.get()).commit();
    } else {
      table.updateProperties().remove(ANONYMIZED_WITH).commit();
    }
  }
}
