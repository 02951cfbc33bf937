package org.flowlake.jobs.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.report.CsvFormat;
import org.flowlake.jobs.report.FormatToken;
import org.flowlake.jobs.report.LineFormat;
import org.flowlake.jobs.report.OutputFormat;
import org.flowlake.jobs.report.OutputFormats;

/** Parses the keys of {@code -A} and the output formats that go with them. */
public final class AggregationParser {
  private static final List<String> TOKEN_FORMATS = List.of("fmt:", "csv:", "json:", "ndjson:");

  private AggregationParser() {}

  /**
   * Parses {@code key[/bits][,key…]}.
   *
   * @throws QuestionException for an unknown or repeated key, or a prefix that does not fit
   */
  public static Aggregation parse(String text) {
    List<Aggregation.Key> keys = new ArrayList<>();
    for (String item : text.split(",")) {
      if (item.isEmpty()) {
        continue;
      }
      Aggregation.Key key = key(item);
      if (keys.stream().anyMatch(known -> known.key() == key.key())) {
        throw new QuestionException("Duplicate aggregation element: " + key.key().word());
      }
      keys.add(key);
    }
    if (keys.isEmpty()) {
      throw new QuestionException("No aggregation specified!");
    }
    return new Aggregation(keys);
  }

  private static Aggregation.Key key(String item) {
    String[] parts = item.split("/", 2);
    if (parts.length == 2 && !parts[0].endsWith("4") && !parts[0].endsWith("6")) {
      throw new QuestionException(
          "Need src4/dst4 or src6/dst6 for IPv4 or IPv6 to aggregate with explicit netmask: '"
              + item
              + "'");
    }
    AggregationKey key =
        AggregationKey.of(parts[0])
            .orElseThrow(
                () ->
                    new QuestionException(
                        "Unknown aggregation field '"
                            + parts[0]
                            + "'; known: "
                            + Arrays.stream(AggregationKey.values())
                                .map(AggregationKey::word)
                                .collect(Collectors.joining(" "))));
    if (parts.length == 1) {
      return new Aggregation.Key(key, OptionalInt.empty());
    }
    if (!key.takesPrefix()) {
      throw new QuestionException("Element " + parts[0] + " does not take any netmask");
    }
    return new Aggregation.Key(
        key, OptionalInt.of(prefix(parts[1], key.form() == AggregationKey.Form.IPV4 ? 32 : 128)));
  }

  private static int prefix(String text, int most) {
    int bits;
    try {
      bits = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      bits = 0;
    }
    if (bits < 1 || bits > most) {
      throw new QuestionException(
          "Subnet mask length '"
              + text
              + "' out of range for IPv"
              + (most == 32 ? 4 : 6)
              + ", expected 1 to "
              + most);
    }
    return bits;
  }

  /**
   * The output of an aggregation by keys: nfdump allows none, {@code csv}, {@code fmt:…} and {@code
   * csv:…}, without tokens of keys that are not aggregated by; JSON is ours, and has the same
   * columns as CSV.
   *
   * @param asked the value of {@code -o}, null where none is given
   * @param keys the value of {@code -A}, for messages
   * @throws QuestionException for another format or such a token
   */
  public static OutputFormat outputFormat(Aggregation aggregation, String asked, String keys) {
    if (asked == null) {
      return LineFormat.parse(aggregation.lineFormat());
    } else if (asked.equals("csv")) {
      return CsvFormat.parse(aggregation.csvFormat());
    }
    String lower = asked.toLowerCase(Locale.ROOT);
    if (lower.equals("json") || lower.equals("ndjson")) {
      return OutputFormats.parse(lower + ":" + aggregation.csvFormat());
    } else if (TOKEN_FORMATS.stream().noneMatch(lower::startsWith)) {
      throw new QuestionException("Invalid print format " + asked + " to aggregate flows");
    }
    OutputFormat format = OutputFormats.parse(asked);
    Set<FormatToken> active =
        aggregation.keys().stream().map(key -> key.key().token()).collect(Collectors.toSet());
    Set<FormatToken> ofKeys =
        Arrays.stream(AggregationKey.values())
            .map(AggregationKey::token)
            .collect(Collectors.toSet());
    for (FormatToken token : format.tokens()) {
      if (ofKeys.contains(token) && !active.contains(token)) {
        throw new QuestionException(
            "Output token %" + token.text() + " not allowed with current aggregation " + keys);
      }
    }
    return format;
  }
}
