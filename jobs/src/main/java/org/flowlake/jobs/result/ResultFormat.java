package org.flowlake.jobs.result;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a table is written to files. */
public enum ResultFormat {
  /** RFC 4180 with a head line; times in ISO 8601. */
  CSV("csv", Map.of("header", "true", "escape", "\"")),
  /** One JSON object per line; absent values are left out. */
  NDJSON("json", Map.of()),
  /** Typed columns, zstd. */
  PARQUET("parquet", Map.of("compression", "zstd"));

  private final String source;
  private final Map<String, String> options;

  ResultFormat(String source, Map<String, String> options) {
    this.source = source;
    this.options = options;
  }

  /** The format of this name, in either case. */
  public static Optional<ResultFormat> find(String name) {
    return Arrays.stream(values()).filter(f -> f.word().equalsIgnoreCase(name)).findFirst();
  }

  /** The format that the ending of a file's name says; empty where it says none. */
  public static Optional<ResultFormat> ofFileName(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return ending.equalsIgnoreCase("json") || ending.equalsIgnoreCase("jsonl")
        ? Optional.of(NDJSON)
        : find(ending);
  }

  /** All names, as messages list them. */
  public static String known() {
    return Arrays.stream(values()).map(ResultFormat::word).collect(Collectors.joining(", "));
  }

  /** The name in {@code --format}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Spark's name of the format. */
  String source() {
    return source;
  }

  Map<String, String> options() {
    return options;
  }
}
