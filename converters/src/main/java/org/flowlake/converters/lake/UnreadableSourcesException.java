package org.flowlake.converters.lake;

import java.io.IOException;
import java.util.List;

/** Some files of a run cannot be read; nothing of their batch was written. */
public final class UnreadableSourcesException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the files.
   *
   * @param reasons one per file, each naming it
   */
  UnreadableSourcesException(List<String> reasons) {
    super(
        RefusedSourcesException.list(
                reasons, (reasons.size() == 1 ? "file" : "files") + " could not be read")
            + "Run the conversion again once they can be, or without them: files that are gone are"
            + " not listed any more, and --damage skip leaves out those that cannot be read.");
  }
}
