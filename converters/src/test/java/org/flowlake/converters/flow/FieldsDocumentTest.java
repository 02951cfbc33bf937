package org.flowlake.converters.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * docs/fields.md is made from {@link FlowField}: this test compares, and with {@code
 * -Dflowlake.docs=write} writes it.
 */
class FieldsDocumentTest {
  private static String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # The flow table

            Made from `FlowField`; do not edit. One row per column, in column order. Every column may be null: a flow record
            lacks what its exporter did not send. Columns of the group `core` are in every lake; those of any other group join
            the table when a converted file first carries them, and raw files read through `nfcapd` always show all.

            IANA = IPFIX information element (first or only form). Token = nfdump's format token.

            | column | type | group | IANA | token | meaning |
            |---|---|---|---|---|---|
            """);
    for (FlowField field : FlowField.values()) {
      text.append("| `")
          .append(field.column())
          .append("` | ")
          .append(sqlType(field.type()))
          .append(" | ")
          .append(field.group().name().toLowerCase(Locale.ROOT).replace('_', ' '))
          .append(" | ")
          .append(field.ianaElement() == 0 ? "" : field.ianaElement())
          .append(" | ")
          .append(field.token().isEmpty() ? "" : "`%" + field.token() + "`")
          .append(" | ")
          .append(field.description())
          .append(" |\n");
    }
    return text.toString();
  }

  private static String sqlType(FlowType type) {
    return switch (type) {
      case INT -> "int";
      case LONG -> "bigint";
      case TIMESTAMP -> "timestamp";
      case ADDRESS -> "binary(16)";
      case TEXT -> "string";
      case BYTES -> "binary";
    };
  }

  @Test
  void theDocumentIsWhatTheTableSays() throws IOException {
    Path file = Path.of(System.getProperty("flowlake.root"), "docs", "fields.md");
    if ("write".equals(System.getProperty("flowlake.docs"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, document());
    }

    assertThat(Files.readString(file)).isEqualTo(document());
  }
}
