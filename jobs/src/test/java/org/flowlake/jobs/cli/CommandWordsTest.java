package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected words are those of the POSIX shell (Shell Command Language, 2.2 Quoting). */
class CommandWordsTest {
  @Test
  void blanksPartWords() {
    assertThat(CommandWords.split("  dump -R\tlake  -q "))
        .containsExactly("dump", "-R", "lake", "-q");
  }

  @Test
  void emptyLineHasNoWords() {
    assertThat(CommandWords.split("")).isEmpty();
    assertThat(CommandWords.split("   ")).isEmpty();
  }

  @Test
  void singleQuotesKeepEverything() {
    assertThat(CommandWords.split("a 'b \\ \"c\" $d' e"))
        .containsExactly("a", "b \\ \"c\" $d", "e");
  }

  @Test
  void doubleQuotesKnowFourEscapes() {
    assertThat(CommandWords.split("\"a\\\"b\\\\c\\$d\\`e\\n\"")).containsExactly("a\"b\\c$d`e\\n");
  }

  @Test
  void backslashKeepsTheNextCharacter() {
    assertThat(CommandWords.split("a\\ b \\'c \\#d")).containsExactly("a b", "'c", "#d");
  }

  @Test
  void quotedPartsJoinToOneWord() {
    assertThat(CommandWords.split("fmt:\"%ts \"'%sa' ''")).containsExactly("fmt:%ts %sa", "");
  }

  @Test
  void commentBeginsAtTheStartOfAWordOnly() {
    assertThat(CommandWords.split("dump a#b # c 'd")).containsExactly("dump", "a#b");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "dump 'dst host,      The quote ' in column 6 is not closed",
        "dump -o \"fmt:%ts,    The quote \" in column 9 is not closed",
        "dump \\,             Nothing follows the backslash at the end of the line"
      })
  void unfinishedLineIsRefused(String line, String message) {
    assertThatThrownBy(() -> CommandWords.split(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void tutorialQuestionsKeepTheirFormatsAndFiltersWhole() {
    assertThat(CommandWords.split(SampleArchive.questions().get(1)))
        .containsExactly(
            "dump",
            "-R",
            "lake",
            "-A",
            "srcip,dstip,dstport",
            "-O",
            "tstart",
            "-o",
            "fmt:%ts %sa -> %dap %byt %pkt %fl",
            "dst host 199.73.28.114");
  }
}
