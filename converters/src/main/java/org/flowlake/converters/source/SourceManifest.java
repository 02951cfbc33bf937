package org.flowlake.converters.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one conversion with what is already known of them, as text in a read option: one
 * line per file, {@code id TAB flows TAB bytes TAB path}.
 */
public final class SourceManifest {
  private SourceManifest() {}

  /**
   * One file of a conversion.
   *
   * @param sourceId its id in the lake's table of sources
   * @param flows how many flows it holds
   */
  public record Entry(int sourceId, long flows, FlowFileEntry file) implements Serializable {}

  /** The text form, for {@code option("manifest", ...)}. */
  public static String write(List<Entry> entries) {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(entry.sourceId)
          .append('\t')
          .append(entry.flows)
          .append('\t')
          .append(entry.file.bytes())
          .append('\t')
          .append(entry.file.path().replace("%", "%25").replace("\n", "%0A"))
          .append('\n');
    }
    return text.toString();
  }

  static List<Entry> read(String text) {
    List<Entry> entries = new ArrayList<>();
    for (String line : text.split("\n", 0)) {
      if (!line.isEmpty()) {
        String[] parts = line.split("\t", 4);
        String path = parts[3].replace("%0A", "\n").replace("%25", "%");
        entries.add(
            new Entry(
                Integer.parseInt(parts[0]),
                Long.parseLong(parts[1]),
                new FlowFileEntry(path, Long.parseLong(parts[2]), 0)));
      }
    }
    return entries;
  }
}
