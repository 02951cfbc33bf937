package org.flowlake.jobs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.udfs.anonymize.Anonymization;
import org.flowlake.udfs.anonymize.AnonymizationKey;
import org.flowlake.udfs.anonymize.Ipv6Scheme;
import picocli.CommandLine.Option;

/** The key to anonymise with: from a file or the environment, never from the command line. */
final class AnonymizeOptions {
  static final String VARIABLE = "FLOWLAKE_ANONYMIZE_KEY";

  /** A key has 66 characters at most; a greater file is another one. */
  private static final long MOST_BYTES = 256;

  @Option(
      names = "--anonymize-key-file",
      paramLabel = "FILE",
      description = {
        "Anonymise addresses as nfanon does (Crypto-PAn), with the key in this file: 32"
            + " characters,",
        "or 0x and 64 hexadecimal digits. convert and rebuild also take the key from the",
        "environment variable " + VARIABLE + ". Details: docs/privacy.md."
      })
  private Path keyFile;

  @Option(
      names = "--anonymize-ipv6",
      paramLabel = "SCHEME",
      description =
          "How IPv6 addresses are anonymised: nfanon-1.7.8 (default), nfanon-1.7.1, or prefix,"
              + " which keeps common prefixes as IPv4's does.")
  private String ipv6 = Ipv6Scheme.NFANON_1_7_8.toString();

  /** The way to anonymise; empty where neither file nor variable gives a key. */
  Optional<Anonymization> ofFileOrEnvironment() {
    if (keyFile != null) {
      return Optional.of(new Anonymization(key(keyFile), scheme()));
    }
    return Optional.ofNullable(System.getenv(VARIABLE))
        .map(text -> new Anonymization(parsed(text, VARIABLE), scheme()));
  }

  /**
   * The way to anonymise what is exported; empty where no file is named. A variable does not count
   * here: it may be that of the lake's conversion, and would anonymise a second time.
   *
   * @param located where a file is that a user named
   */
  Optional<Anonymization> ofFile(UnaryOperator<Path> located) {
    return Optional.ofNullable(keyFile)
        .map(file -> new Anonymization(key(located.apply(file)), scheme()));
  }

  private Ipv6Scheme scheme() {
    try {
      return Ipv6Scheme.parse(ipv6);
    } catch (IllegalArgumentException e) {
      throw new QuestionException("--anonymize-ipv6: " + e.getMessage());
    }
  }

  private static AnonymizationKey key(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new QuestionException(file + ": more than " + MOST_BYTES + " bytes are no key");
      }
      return parsed(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the key file " + file + ": " + e, e);
    }
  }

  private static AnonymizationKey parsed(String text, String origin) {
    try {
      return AnonymizationKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new QuestionException(origin + ": " + e.getMessage());
    }
  }
}
