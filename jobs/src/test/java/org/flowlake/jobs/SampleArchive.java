package org.flowlake.jobs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The project's sample archive of nfcapd files, unpacked to {@code target/samples/netflow} of the
 * project the first time that it is asked for, and again when the packed archive has changed
 * ({@code scripts/quickstart} unpacks to the same place and leaves the same mark).
 */
public final class SampleArchive {
  /** Flows in the archive, all of them in exactly one file. */
  public static final long FLOWS = 323_982;

  /** Hourly files in the archive. */
  public static final int FILES = 95;

  /** Flows of {@link #lastDay}, as nfdump counts them. */
  public static final long LAST_DAY_FLOWS = 77_772;

  public static final int LAST_DAY_FILES = 20;

  private static final Path ROOT =
      Path.of(System.getProperty("flowlake.root", "..")).toAbsolutePath().normalize();
  private static final Path PACKED = ROOT.resolve("scripts/samples/netflow.tar.gz");
  private static final Path HOME = ROOT.resolve("target/samples");

  private SampleArchive() {}

  /** The folder {@code netflow} with the nfcapd files in year, month and day folders. */
  public static synchronized Path netflow() {
    Path netflow = HOME.resolve("netflow");
    try {
      Files.createDirectories(HOME);
      // Several JVMs run tests: one unpacks, the others wait.
      try (FileChannel lock =
              FileChannel.open(
                  HOME.resolve("netflow.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        unpackOnce(netflow);
      }
      return netflow;
    } catch (IOException e) {
      throw new IllegalStateException("Cannot unpack " + PACKED + " to " + netflow, e);
    }
  }

  private static void unpackOnce(Path netflow) throws IOException {
    Path mark = HOME.resolve("netflow.sha256");
    String digest = sha256(PACKED);
    if (Files.isDirectory(netflow)
        && Files.exists(mark)
        && Files.readString(mark).strip().equals(digest)) {
      return;
    }
    Path fresh = Files.createTempDirectory(HOME, "unpacking");
    unpack(PACKED, fresh);
    delete(netflow);
    Files.move(fresh.resolve("netflow"), netflow, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(fresh);
    Files.writeString(mark, digest + "\n");
  }

  /** The folder of one day of it, where a quarter of the flows is enough. */
  public static Path lastDay() {
    return netflow().resolve("2012/04/06");
  }

  /**
   * The five questions as {@code scripts/samples/tutorial.flowlake} writes them: {@code dump} with
   * nfdump's arguments, quoted as for a shell, over the lake {@code lake}.
   */
  public static List<String> questions() {
    try (Stream<String> lines = Files.lines(ROOT.resolve("scripts/samples/tutorial.flowlake"))) {
      return lines.filter(line -> line.startsWith("dump ")).toList();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read the tutorial's questions", e);
    }
  }

  /** The project's folder. */
  static Path root() {
    return ROOT;
  }

  private static void unpack(Path packed, Path target) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(packed));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException(entry.getName() + " leads out of the archive");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.copy(tar, path);
        }
        entry = tar.getNextEntry();
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
