package org.flowlake.jobs.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flowlake.jobs.question.QuestionException;

/** The named outputs of {@code -o}, and the parser of its value. */
public enum OutputFormats {
  LINE("%ts %td %pr %sap -> %dap %pkt %byt %fl"),
  GLINE("%ts %td %pr %gsap -> %gdap %pkt %byt %fl"),
  LONG("%ts %td %pr %sap -> %dap %flg %tos %pkt %byt %fl"),
  GLONG("%ts %td %pr %gsap -> %gdap %flg %tos %pkt %byt %fl"),
  EXTENDED("%ts %td %pr %sap -> %dap %flg %tos %pkt %byt %pps %bps %bpp %fl"),
  BILINE("%ts %td %pr %sap <-> %dap %opkt %ipkt %obyt %ibyt %fl"),
  BILONG("%ts %td %pr %sap <-> %dap %flg %tos %opkt %ipkt %obyt %ibyt %fl"),
  NSEL("%ts %evt %xevt %pr %sap -> %dap %xsap -> %xdap %ibyt %obyt"),
  CSV("%ts,%td,%pr,%sa,%sp,%da,%dp,%pkt,%byt,%fl"),
  NEL("%tevt %nevt %pr %sap -> %dap %nsap -> %ndap"),
  CSV_FAST(null),
  PIPE(null),
  JSON(null),
  NDJSON(null),
  RAW(null),
  NULL(null);

  private final String format;

  OutputFormats(String format) {
    this.format = format;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Parses a value of {@code -o}: a name, {@code fmt:…}, {@code csv:…}, {@code json:…}, {@code
   * ndjson:…} or a bare {@code %…}; a name may end in 6 for full IPv6 addresses; {@code %line} and
   * the like inside are replaced.
   *
   * @throws QuestionException for an unknown name or token
   */
  public static OutputFormat parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("fmt:")) {
      return LineFormat.parse(expanded(text.substring(4)));
    } else if (lower.startsWith("csv:")) {
      return CsvFormat.parse(expanded(text.substring(4)));
    } else if (lower.startsWith("json:")) {
      return JsonColumnsFormat.parse(expanded(text.substring(5)), JsonLayout.ARRAY);
    } else if (lower.startsWith("ndjson:")) {
      return JsonColumnsFormat.parse(expanded(text.substring(7)), JsonLayout.LINES);
    } else if (text.startsWith("%")) {
      return LineFormat.parse(expanded(text));
    }
    boolean full = lower.length() >= 2 && lower.endsWith("6");
    String name = full ? lower.substring(0, lower.length() - 1) : lower;
    OutputFormat named =
        find(name)
            .orElseThrow(
                () ->
                    new QuestionException(
                        "Unknown output mode '"
                            + text
                            + "'; known: fmt:<tokens> csv:<tokens> json:<tokens> ndjson:<tokens> "
                            + Arrays.stream(values())
                                .map(OutputFormats::word)
                                .collect(Collectors.joining(" "))))
            .make();
    return full && named instanceof LineFormat line ? line.withWidth(AddressWidth.LONG) : named;
  }

  private static Optional<OutputFormats> find(String name) {
    return Arrays.stream(values()).filter(output -> output.word().equals(name)).findFirst();
  }

  private OutputFormat make() {
    return switch (this) {
      case NULL -> new NullFormat();
      case CSV_FAST -> new FixedColumnsFormat(FixedColumnsFormat.Columns.CSV_FAST);
      case PIPE -> new FixedColumnsFormat(FixedColumnsFormat.Columns.PIPE);
      case JSON -> new JsonFormat(JsonLayout.ARRAY);
      case NDJSON -> new JsonFormat(JsonLayout.LINES);
      case RAW -> new RawFormat();
      case CSV -> CsvFormat.parse(format);
      default -> LineFormat.parse(format);
    };
  }

  /** Replaces the first {@code %name} of each named line format, in the order of the table. */
  private static String expanded(String text) {
    String result = text;
    for (OutputFormats output : values()) {
      if (output.format != null) {
        result =
            Pattern.compile("%" + output.word() + "(?![A-Za-z])")
                .matcher(result)
                .replaceFirst(output.format);
      }
    }
    return result;
  }
}
