package org.flowlake.jobs.cli;

import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.flowlake.jobs.InputException;
import org.flowlake.jobs.derive.GeoFiles;
import org.flowlake.jobs.report.AddressWidth;
import org.flowlake.jobs.report.NumberNames;
import org.flowlake.jobs.report.OutputFormat;
import org.flowlake.jobs.report.PrintStyle;
import org.flowlake.jobs.report.SourceIdents;
import org.flowlake.jobs.report.ValueScale;
import org.flowlake.jobs.report.Verbosity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How an answer is written. */
final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      description = {
        "Output: line, long, extended, biline, bilong, nsel, nel, csv, csv-fast, json, ndjson,"
            + " pipe,",
        "null, fmt:TOKENS, csv:TOKENS, json:TOKENS, ndjson:TOKENS; a 6 at the end: full IPv6."
      })
  private String format;

  @Option(names = "-q", description = "Records only: no head, no closing lines.")
  private boolean quiet;

  @Option(names = "-N", description = "Plain numbers: no scaling, protocol numbers, seconds.")
  private boolean plain;

  @Option(names = "-6", description = "IPv6 addresses in full length.")
  private boolean fullAddresses;

  @Option(
      names = "-G",
      paramLabel = "FILE[,FILE]",
      description =
          "Look countries and AS up in these databases in MaxMind's format (.mmdb): a City or"
              + " Country file, an ASN file, or both; none for no lookups. Default: the environment"
              + " variable FLOWLAKE_GEODB.")
  private String geoFiles;

  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      description = "Time zone of printed and given times; default: that of the system (TZ).")
  private ZoneId zone = ZoneId.systemDefault();

  /** nfdump's default output, with times of this zone. */
  static OutputOptions in(ZoneId zone) {
    OutputOptions output = new OutputOptions();
    output.zone = zone;
    return output;
  }

  /** The value of -o. */
  Optional<String> format() {
    return Optional.ofNullable(format);
  }

  /** The name of the output where none is asked for. */
  String defaultFormat() {
    return geo().isEmpty() ? "line" : "gline";
  }

  /** Where addresses are looked up. */
  GeoFiles geo() {
    return geoFiles == null
        ? GeoFiles.ofEnvironment()
        : GeoFiles.parse(CommandContext.of(command).locatedAll(geoFiles));
  }

  /**
   * Opens the databases, before anything is started.
   *
   * @throws InputException if one cannot be read
   */
  void checkGeo() {
    try {
      if (!geo().isEmpty()) {
        geo().database();
      }
    } catch (UncheckedIOException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  Verbosity verbosity() {
    return quiet ? Verbosity.QUIET : Verbosity.FULL;
  }

  ZoneId zone() {
    return zone;
  }

  PrintStyle style(OutputFormat output) {
    return new PrintStyle(
        plain ? ValueScale.PLAIN : ValueScale.SCALED,
        fullAddresses ? AddressWidth.LONG : output.addressWidth().orElse(AddressWidth.SHORT),
        zone,
        SourceIdents.UNKNOWN,
        NumberNames.NONE,
        geo(),
        List.of());
  }
}
