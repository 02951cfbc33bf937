package org.flowlake.jobs.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowlake.jobs.question.QuestionException;
import picocli.CommandLine.Option;

/**
 * Options of nfdump 1.7.8 that pasted commands may carry: some change nothing here and are taken,
 * the others are refused with the reason. None shows in the help.
 */
final class OtherNfdumpOptions {
  private static final String NO_CONFIGURATION = "none";

  @Option(names = "-W", hidden = true, paramLabel = "N")
  private Integer workers;

  @Option(names = "-D", hidden = true, paramLabel = "SERVER")
  private String nameServer;

  @Option(names = "-m", hidden = true)
  private boolean byStart;

  @Option(names = "-C", hidden = true, paramLabel = "FILE")
  private String configuration;

  @Option(names = "-i", hidden = true, paramLabel = "IDENT")
  private String ident;

  @Option(names = "-J", hidden = true, paramLabel = "NUM")
  private String compression;

  @Option(names = "-x", hidden = true, paramLabel = "FILE")
  private String extensionMaps;

  @Option(names = "-T", hidden = true)
  private boolean tags;

  /** Whether the list is sorted by its start, as {@code -O tstart} says. */
  boolean sortsByStart() {
    return byStart;
  }

  /**
   * Says what is taken without effect.
   *
   * @throws QuestionException for an option that is not offered
   */
  void check(PrintWriter messages) {
    Map<String, String> refused = new LinkedHashMap<>();
    if (ident != null) {
      refused.put(
          "-i", "it changes a raw file in place, and flowlake leaves raw files as they are");
    }
    if (compression != null) {
      refused.put(
          "-J",
          "it changes raw files in place, and flowlake leaves raw files as they are;"
              + " write a copy with -w and -z");
    }
    if (configuration != null && !configuration.equals(NO_CONFIGURATION)) {
      refused.put(
          "-C",
          "nfdump.conf names formats and data bases for one machine; here formats are given with"
              + " -o, and settings with options");
    }
    if (extensionMaps != null) {
      refused.put("-x", "extension maps are of nfdump 1.6 files, which are read without it");
    }
    if (tags) {
      refused.put("-T", "it marks addresses for NfSen's web pages");
    }
    refused.forEach(
        (option, reason) -> {
          throw new QuestionException("Option " + option + " is not offered: " + reason);
        });
    if (workers != null && workers < 0) {
      throw new QuestionException("Invalid number of working threads: " + workers);
    }
    if (nameServer != null) {
      messages.println(
          "Set nameserver option is deprecated - using nameserver in resolv.conf instead");
    }
    if (byStart) {
      messages.println("Option -m deprecated. Use '-O tstart' instead");
    }
  }
}
