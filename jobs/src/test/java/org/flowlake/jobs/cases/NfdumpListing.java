package org.flowlake.jobs.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A full listing of one input that nfdump 1.7.8 made: {@code expected/dumps/NAME.1.7.8.FORMAT.gz}
 * of a corpus.
 *
 * @param input the raw file or folder
 * @param format the value of {@code -o}; {@code I} stands for the option {@code -I}
 */
record NfdumpListing(Path file, Path input, String format) {
  private static final Pattern NAME =
      Pattern.compile("(?<name>.+)\\.1\\.7\\.8\\.(?<format>\\w+)\\.gz");

  /** All listings of a corpus whose input is there. */
  static List<NfdumpListing> all(Path corpus) throws IOException {
    List<NfdumpListing> listings = new ArrayList<>();
    try (Stream<Path> files = Files.list(corpus.resolve("expected/dumps"))) {
      for (Path file : files.sorted().toList()) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        if (matcher.matches()) {
          input(corpus, matcher.group("name"))
              .ifPresent(
                  input -> listings.add(new NfdumpListing(file, input, matcher.group("format"))));
        }
      }
    }
    return listings;
  }

  private static Optional<Path> input(Path corpus, String name) {
    try (Stream<Path> paths = Files.walk(corpus.resolve("nfcapd"))) {
      return paths
          .filter(
              path ->
                  path.getFileName().toString().equals(name)
                      || path.getFileName().toString().equals(name + ".nfcapd"))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The options that ask for the same. */
  List<String> args() {
    String option = Files.isDirectory(input) ? "-R" : "-r";
    return format.equals("I")
        ? List.of(option, input.toString(), "-I")
        : List.of(option, input.toString(), "-q", "-o", format);
  }

  String text() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
