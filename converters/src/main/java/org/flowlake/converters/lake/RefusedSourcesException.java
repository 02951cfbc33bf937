package org.flowlake.converters.lake;

import java.io.IOException;
import java.util.List;

/** Some files of a run cannot be converted as asked; nothing of their batch was written. */
public final class RefusedSourcesException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int MOST_SHOWN = 20;

  /**
   * @param reasons one per file, each naming it
   * @param advice what to do
   */
  RefusedSourcesException(List<String> reasons, String advice) {
    super(list(reasons, reasons.size() == 1 ? "file was refused" : "files were refused") + advice);
  }

  /** So many of them, what happened, and the first of the reasons on lines of their own. */
  static String list(List<String> reasons, String happened) {
    return reasons.size()
        + " "
        + happened
        + "; nothing of their batch was converted:\n  "
        + String.join("\n  ", reasons.subList(0, Math.min(MOST_SHOWN, reasons.size())))
        + (reasons.size() > MOST_SHOWN ? "\n  ..." : "")
        + "\n";
  }
}
