package org.flowlake.converters.lake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowlake.converters.lake.ConversionScope.KnownFiles;
import org.flowlake.converters.source.FlowFileEntry;

/**
 * What a run takes of a listing, judged without opening a file.
 *
 * @param batches files that are committed together, in the order of the listing
 * @param known files left out because the ledger has their path, size and time
 * @param left files beyond the limits of the run, or that may still grow
 */
record NewFiles(List<List<FlowFileEntry>> batches, long known, long left) {
  static NewFiles of(
      List<FlowFileEntry> listed,
      Map<String, SourceLedger.Known> recorded,
      ConversionScope scope,
      long nowMillis) {
    Map<String, String> lastOfFolder = new HashMap<>();
    for (FlowFileEntry file : listed) {
      lastOfFolder.merge(folder(file), file.path(), (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
    List<List<FlowFileEntry>> batches = new ArrayList<>();
    long known = 0;
    long left = 0;
    long files = 0;
    long bytes = 0;
    long batchBytes = 0;
    for (FlowFileEntry file : listed) {
      SourceLedger.Known row = recorded.get(file.path());
      if (scope.known() == KnownFiles.UNOPENED && row != null && row.looksLike(file)) {
        known++;
        continue;
      }
      boolean mayGrow =
          nowMillis - file.modifiedMillis() < scope.settledMillis()
              && file.path().equals(lastOfFolder.get(folder(file)));
      boolean beyond =
          files == scope.mostFiles() || (files > 0 && bytes + file.bytes() > scope.mostBytes());
      if (mayGrow || beyond) {
        left++;
        continue;
      }
      if (batches.isEmpty() || (batchBytes > 0 && batchBytes + file.bytes() > scope.batchBytes())) {
        batches.add(new ArrayList<>());
        batchBytes = 0;
      }
      batches.get(batches.size() - 1).add(file);
      files++;
      bytes += file.bytes();
      batchBytes += file.bytes();
    }
    return new NewFiles(batches, known, left);
  }

  long files() {
    return batches.stream().mapToLong(List::size).sum();
  }

  long bytes() {
    return batches.stream().mapToLong(NewFiles::bytes).sum();
  }

  static long bytes(List<FlowFileEntry> batch) {
    return batch.stream().mapToLong(FlowFileEntry::bytes).sum();
  }

  private static String folder(FlowFileEntry file) {
    return file.path().substring(0, file.path().lastIndexOf('/') + 1);
  }
}
