package org.flowlake.converters.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.flowlake.converters.io.DamagePolicy;

/** Typed, checked access to {@link FlowReadOptions}. */
record FlowReadConf(List<String> paths, DamagePolicy damage, boolean trustFileNames, long taskBytes)
    implements Serializable {
  private static final long DEFAULT_TASK_BYTES = 64L << 20;

  static FlowReadConf of(CaseInsensitiveStringMap options) {
    return new FlowReadConf(
        paths(options),
        damage(options.getOrDefault(FlowReadOptions.DAMAGE, "fail")),
        options.getBoolean(FlowReadOptions.TRUST_FILE_NAMES, false),
        options.getLong(FlowReadOptions.TASK_BYTES, DEFAULT_TASK_BYTES));
  }

  /** Spark hands over one path as {@code path}, several as a JSON array in {@code paths}. */
  private static List<String> paths(CaseInsensitiveStringMap options) {
    String many = options.get("paths");
    if (many != null) {
      try {
        return Arrays.asList(new ObjectMapper().readValue(many, String[].class));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("Option paths is no JSON array of texts: " + many, e);
      }
    }
    String one = options.get("path");
    if (one == null) {
      throw new IllegalArgumentException(
          "No input: load(\"folder, file or glob\") names what to read");
    }
    return List.of(one);
  }

  private static DamagePolicy damage(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "fail" -> DamagePolicy.FAIL;
      case "skip" -> DamagePolicy.SKIP;
      default ->
          throw new IllegalArgumentException(
              "Option " + FlowReadOptions.DAMAGE + " is '" + value + "'; known: fail, skip");
    };
  }
}
