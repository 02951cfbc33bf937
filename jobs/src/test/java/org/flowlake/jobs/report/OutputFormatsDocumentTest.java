package org.flowlake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tokens of docs/output-formats.md are those of {@link FormatToken}: this test compares, and
 * with {@code -Dflowlake.docs=write} writes them.
 */
class OutputFormatsDocumentTest {
  private static final String HEAD = "| token | head | name in CSV and JSON |\n|---|---|---|\n";

  @Test
  void everyTokenIsInTheTable() throws IOException {
    Path file = Path.of(System.getProperty("flowlake.root"), "docs", "output-formats.md");
    String text = Files.readString(file);
    int start = text.indexOf(HEAD) + HEAD.length();
    int end = text.indexOf("\n\n", start) + 1;
    if ("write".equals(System.getProperty("flowlake.docs"))) {
      text = text.substring(0, start) + table() + text.substring(end);
      Files.writeString(file, text);
      end = start + table().length();
    }
    assertThat(text.substring(start, end)).isEqualTo(table());
  }

  private static String table() {
    return Arrays.stream(FormatToken.values())
        .map(
            token ->
                "| `%"
                    + token.text()
                    + "` | "
                    + token.head(AddressWidth.SHORT).strip()
                    + " | "
                    + token.csvName().map(name -> '`' + name + '`').orElse("")
                    + " |\n")
        .collect(Collectors.joining());
  }
}
