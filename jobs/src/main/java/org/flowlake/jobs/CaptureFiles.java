package org.flowlake.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.FlowFileListing;
import org.flowlake.jobs.question.QuestionException;

/** nfdump's ways to name raw files: {@code -R} and {@code -M}. */
public final class CaptureFiles {
  private CaptureFiles() {}

  /**
   * The files of {@code -R}: a folder stands for all files below it, {@code folder/first} for the
   * files of that folder from this name on, {@code folder/first:last} for those up to a name. The
   * last may have folders of its own, {@code y/m/d1/first:y/m/d2/last}; then all files between the
   * two in the tree are meant.
   *
   * @throws InputException if the folder or the first file is not there
   */
  public static List<String> range(String argument, Configuration hadoop) {
    int colon = argument.indexOf(':', argument.contains("://") ? argument.indexOf("://") + 3 : 0);
    String first = colon < 0 ? argument : argument.substring(0, colon);
    Path path = new Path(first);
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      if (!fileSystem.exists(path)) {
        throw new InputException(first + " is not a file or directory");
      }
      if (fileSystem.getFileStatus(path).isDirectory()) {
        return List.of(first);
      }
      List<String> last = colon < 0 ? List.of() : names(argument.substring(colon + 1));
      int levels = Math.max(1, last.size());
      Path base = path;
      for (int i = 0; i < levels && base != null; i++) {
        base = base.getParent();
      }
      if (base == null) {
        throw new QuestionException(
            "Last file of " + argument + " has more folders than the first");
      }
      Path qualified = fileSystem.makeQualified(base);
      return between(qualified, tail(names(path.toString()), levels), last, hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> between(
      Path base, List<String> first, List<String> last, Configuration hadoop) throws IOException {
    List<String> chosen = new ArrayList<>();
    String prefix = base.toString();
    for (FlowFileEntry file : FlowFileListing.list(List.of(prefix), hadoop)) {
      List<String> place = names(file.path().substring(prefix.length()));
      if (place.size() == first.size()
          && compare(place, first) >= 0
          && (last.isEmpty() || compare(place, last) <= 0)) {
        chosen.add(file.path());
      }
    }
    if (chosen.isEmpty()) {
      throw new FileNotFoundException("No file from " + first + " to " + last + " in " + base);
    }
    return chosen;
  }

  /**
   * The folders of {@code -M}: {@code base/a:b:c} stands for {@code base/a}, {@code base/b} and
   * {@code base/c}.
   */
  public static List<String> sources(String argument) {
    String[] names = argument.split(":", -1);
    int slash = names[0].lastIndexOf('/');
    String base = slash < 0 ? "" : names[0].substring(0, slash + 1);
    List<String> folders = new ArrayList<>(List.of(names[0]));
    for (int i = 1; i < names.length; i++) {
      folders.add(base + names[i]);
    }
    return folders;
  }

  private static List<String> names(String path) {
    return Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
  }

  private static List<String> tail(List<String> names, int count) {
    return names.subList(names.size() - count, names.size());
  }

  private static int compare(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
