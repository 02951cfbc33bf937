package org.flowlake.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flowlake.jobs.InputException;
import org.flowlake.jobs.filter.FilterSettings;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.filter.IncludeReader;

/** A filter that stands in a file. */
final class FilterFile {
  private FilterFile() {}

  /**
   * The filter in the file.
   *
   * @throws InputException if the file cannot be read; it says why
   */
  static FlowFilter read(Path file, FilterSettings settings) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new InputException(
          "cannot read the filter file '" + file + "': " + IncludeReader.reason(e), e);
    }
    return FlowFilter.parseFile(file.toString(), text, settings);
  }
}
