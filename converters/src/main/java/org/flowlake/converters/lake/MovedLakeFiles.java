package org.flowlake.converters.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * Files of a lake that was moved or copied: Iceberg's metadata names them where they were, and they
 * are read where they are. Nothing is written or removed, since what else tends the table would
 * still look at the place of before, where another lake may lie by now.
 */
public final class MovedLakeFiles extends HadoopFileIO {
  private static final long serialVersionUID = 1L;
  private static final String FROM = "flowlake.moved-from";
  private static final String TO = "flowlake.moved-to";

  /** Made by Iceberg from the catalog's settings. */
  public MovedLakeFiles() {}

  /**
   * The catalog settings for a lake whose metadata says {@code from} and that lies at {@code to}.
   */
  static Map<String, String> settings(String from, String to) {
    Map<String, String> settings = new HashMap<>();
    settings.put("io-impl", MovedLakeFiles.class.getName());
    settings.put(FROM, from);
    settings.put(TO, to);
    return settings;
  }

  @Override
  public InputFile newInputFile(String path) {
    return new MovedFile(path, super.newInputFile(here(path)));
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return new MovedFile(path, super.newInputFile(here(path), length));
  }

  @Override
  public OutputFile newOutputFile(String path) {
    throw refused();
  }

  @Override
  public void deleteFile(String path) {
    throw refused();
  }

  @Override
  public void deleteFiles(Iterable<String> paths) {
    throw refused();
  }

  @Override
  public void deletePrefix(String prefix) {
    throw refused();
  }

  @Override
  public Iterable<FileInfo> listPrefix(String prefix) {
    throw refused();
  }

  private String here(String path) {
    String from = properties().get(FROM);
    return path.startsWith(from) ? properties().get(TO) + path.substring(from.length()) : path;
  }

  /** What to say to those who would change the lake. */
  UncheckedIOException refused() {
    return new UncheckedIOException(
        new IOException(
            "The lake at "
                + properties().get(TO)
                + " was made at "
                + properties().get(FROM)
                + " and is open to questions only; to add to it or tend it, move it back there"));
  }

  /** A file under the name that the metadata gives it. */
  private record MovedFile(String location, InputFile file) implements InputFile {
    @Override
    public long getLength() {
      return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
      return file.newStream();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }
  }
}
