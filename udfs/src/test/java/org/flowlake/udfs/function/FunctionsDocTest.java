package org.flowlake.udfs.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dflowlake.docs=write} writes the page instead of comparing it. */
class FunctionsDocTest {
  @Test
  void pageSaysWhatTheRegistrySays() throws IOException {
    Path page = Path.of(System.getProperty("flowlake.root"), "docs", "functions.md");
    if ("write".equals(System.getProperty("flowlake.docs"))) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, page());
    }
    assertThat(page)
        .as("docs/functions.md; -Dflowlake.docs=write writes it anew")
        .hasContent(page());
  }

  private static String page() {
    StringBuilder out =
        new StringBuilder(
            """
            # SQL functions
            <!-- Generated from FlowFunctions by FunctionsDocTest; do not edit. -->
            Spark has these as soon as flowlake's jar is on its class path (or name
            `org.flowlake.udfs.function.FlowFunctionsExtension` in `spark.sql.extensions`). They run in
            generated code. `DESCRIBE FUNCTION EXTENDED name` shows the same text. Every example is run by
            a test.
            """);
    FlowFunctions.ALL.forEach(function -> append(out, function.doc()));
    return out.toString();
  }

  private static void append(StringBuilder out, FunctionDoc doc) {
    out.append("\n## ").append(doc.signature()).append('\n');
    out.append(doc.usage()).append("\n\n");
    out.append("| argument | type | meaning |\n|---|---|---|\n");
    for (FunctionParameter parameter : doc.parameters()) {
      out.append(
          "| %s | %s | %s%s |%n"
              .formatted(
                  parameter.name(),
                  parameter.type().sql(),
                  parameter.isRequired() ? "" : "optional: ",
                  parameter.description()));
    }
    out.append('\n').append(doc.nulls()).append("\n\n```sql\n");
    for (FunctionDoc.Example example : doc.examples()) {
      out.append("SELECT %s;%n-- %s%n".formatted(example.sql(), example.result()));
    }
    out.append("```\nSince ").append(doc.since()).append(".\n");
  }
}
