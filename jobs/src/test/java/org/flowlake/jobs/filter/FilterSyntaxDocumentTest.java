package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flowlake.converters.flow.FlowField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * docs/filter-syntax.md is made from {@link FilterPrimitive}: this test compares, and with {@code
 * -Dflowlake.docs=write} writes it.
 */
class FilterSyntaxDocumentTest {
  private static final String HEAD =
      """
      # Filter syntax

      Made from `FilterPrimitive`; do not edit. The language is nfdump 1.7.8's; words of 1.7.1 are taken too where they are
      not ambiguous.

      ## Terms together

      | form | meaning |
      |---|---|
      | `A and B`, `A && B` | both |
      | `A or B`, `A \\|\\| B` | at least one; `and` binds before `or` |
      | `not A`, `! A` | the opposite; binds before `and` |
      | `( ... )` | nests to any depth |
      | `# ...` | comment to the end of the line |
      | `@include FILE` | the text of the file stands here; ten deep at most |

      Keywords may be written in any case. Two terms side by side are an error. The empty filter is `any`; a text of
      nothing but blanks and comments matches no flow, as in nfdump.

      **A test on a field that the flow does not have is false, and `not` makes it true:** `not vlan 100` also matches
      flows without a VLAN.

      Numbers are decimal, hexadecimal (`0x1F`), or decimal with one of `k m g t` (thousands, millions, ...). Comparisons
      are `=` `==` `eq`, `>` `gt`, `<` `lt`, `>=` `ge`, `<=` `le`; none means equal. There is no "unequal": write `not`.
      Lists are `in [a b c]` or `in [a, b, c]`; they may have any length.

      Without a qualifier a term with two sides asks for either: `not port 80` is "neither port is 80". `src or dst` says
      the same, `src and dst` asks for both sides.

      ## Terms

      """;

  @Test
  void theDocumentIsWhatTheTableSays() throws IOException {
    Path file = Path.of(System.getProperty("flowlake.root"), "docs", "filter-syntax.md");
    if ("write".equals(System.getProperty("flowlake.docs"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, document());
    }

    assertThat(Files.readString(file)).isEqualTo(document());
  }

  @ParameterizedTest
  @EnumSource(FilterPrimitive.class)
  void everyExampleParsesToItsPrimitive(FilterPrimitive primitive) {
    FilterNode tree =
        FilterParser.parse(new FilterSource("", primitive.example()), IncludeReader.localFiles());
    List<FilterPrimitive> used =
        PostOrder.<FilterNode, List<FilterPrimitive>>fold(
            tree,
            FilterNode::children,
            (node, inner) ->
                node instanceof FilterNode.Term term
                    ? List.of(term.form().primitive())
                    : inner.stream().flatMap(List::stream).toList());
    assertThat(used).contains(primitive);
  }

  private static String document() {
    StringBuilder text =
        new StringBuilder(HEAD)
            .append(
                "| term | also written | followed by | columns | meaning | example |\n|---|---|---|---|---|---|\n");
    for (FilterPrimitive primitive : FilterPrimitive.values()) {
      text.append("| ")
          .append(phrases(primitive, true))
          .append(" | ")
          .append(phrases(primitive, false))
          .append(" | ")
          .append(argument(primitive))
          .append(" | ")
          .append(columns(primitive))
          .append(" | ")
          .append(primitive.meaning())
          .append(" | `")
          .append(primitive.example().replace("|", "\\|"))
          .append("` |\n");
    }
    return text.toString();
  }

  private static String phrases(FilterPrimitive primitive, boolean canonical) {
    return primitive.phrases().stream()
        .filter(phrase -> phrase.getKey().equals(phrase.getValue().words()) == canonical)
        .map(Map.Entry::getKey)
        .map(phrase -> "`" + phrase + "`")
        .collect(Collectors.joining(", "));
  }

  private static String argument(FilterPrimitive primitive) {
    String expected =
        primitive.argument() == ArgumentKind.NOTHING ? "" : primitive.argument().expected();
    if (primitive.largest() != Long.MAX_VALUE) {
      expected += " up to " + primitive.largest();
    }
    if (!primitive.names().names().isEmpty() && primitive.names() != NameTable.PROTOCOL) {
      expected += ": " + String.join(" ", primitive.names().names());
    }
    return expected + (primitive.takesLists() ? ", or a list" : "");
  }

  private static String columns(FilterPrimitive primitive) {
    return primitive.phrases().stream()
        .flatMap(phrase -> phrase.getValue().operands().stream())
        .flatMap(operand -> operand.fields().stream())
        .distinct()
        .map(FlowField::column)
        .map(column -> "`" + column + "`")
        .collect(Collectors.joining(", "));
  }
}
