package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that anonymises shows nowhere, with all that Spark and Iceberg log of a debugged run. */
class SecretKeyTest {
  private static final String KEY = "no log, no text: 32 letters long";

  @TempDir private Path folder;

  @Test
  void theKeyIsInNoLogAnswerOrMessage() throws IOException {
    JobsSession.get();
    String key = Files.writeString(folder.resolve("key"), KEY).toString();
    String raw = aRawFile().toString();
    String lake = folder.resolve("lake").toString();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    StringWriter log = new StringWriter();
    LoggerContext logging = LoggerContext.getContext(false);
    LoggerConfig root = logging.getConfiguration().getRootLogger();
    Level before = root.getLevel();
    WriterAppender appender =
        WriterAppender.newBuilder()
            .setName("of this test")
            .setTarget(log)
            .setLayout(PatternLayout.newBuilder().withPattern("%m%n%throwable").build())
            .build();
    appender.start();
    // Debugged messages go to this appender alone.
    List.copyOf(root.getAppenders().keySet()).forEach(root::removeAppender);
    root.addAppender(appender, Level.DEBUG, null);
    Configurator.setRootLevel(Level.DEBUG);
    try {
      for (List<String> words :
          List.of(
              List.of("convert", "--lake", lake, raw, "--anonymize-key-file", key),
              List.of("dump", "-R", lake, "-s", "srcip", "-X"),
              export("dump", "-r", raw, "-w", folder.resolve("own").toString(), key),
              export("list", "--input", raw, "--out", folder.resolve("own.csv").toString(), key))) {
        assertThat(run(said, words)).as(words.toString()).isZero();
      }
      // Refused: with another key, and with a text that is none.
      run(said, List.of("convert", "--lake", lake, raw));
      Files.writeString(folder.resolve("key"), KEY + KEY.substring(1));
      run(said, List.of("convert", "--lake", lake, raw, "--anonymize-key-file", key));
    } finally {
      logging.reconfigure();
      appender.stop();
    }
    assertThat(before).isEqualTo(Level.WARN);
    assertThat(log.toString()).contains("own.csv").hasSizeGreaterThan(100_000);
    String hex = HexFormat.of().formatHex(KEY.getBytes(StandardCharsets.US_ASCII));
    for (String text : List.of(log.toString(), said.toString(StandardCharsets.UTF_8))) {
      assertThat(text.contains(KEY)).isFalse();
      assertThat(text.toLowerCase(Locale.ROOT).contains(hex)).isFalse();
    }
  }

  private static List<String> export(String... words) {
    return Stream.concat(
            Stream.of(words).limit(words.length - 1L),
            Stream.of("--anonymize-key-file", words[words.length - 1]))
        .toList();
  }

  private static int run(ByteArrayOutputStream said, List<String> words) {
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    return FlowlakeCommand.execute(
        new CommandContext(stream, stream, Optional.empty()), words.toArray(String[]::new));
  }

  private static Path aRawFile() throws IOException {
    try (Stream<Path> files = Files.list(SampleArchive.netflow().resolve("2012/04/02"))) {
      return files.sorted().findFirst().orElseThrow();
    }
  }
}
