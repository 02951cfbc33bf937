package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.flowlake.jobs.TutorialFigures;

/** What a user does with a lake, wherever it lies: the same on every store. */
final class LakeJourney {
  /** Here nfdump counts blocks of its own files, which a lake does not have. */
  private static final String BLOCKS = "Total records processed: .*\n";

  private static final List<String> INPUT = List.of("-R", "lake");

  private LakeJourney() {}

  /** Converts the sample archive, asks the five questions, and converts it again. */
  static void take(String lake) {
    assertThat(convert(lake))
        .contains(
            "Converted %d files, %d flows, ".formatted(SampleArchive.FILES, SampleArchive.FLOWS));
    for (int question = 1; question <= SampleArchive.questions().size(); question++) {
      String recorded = TutorialFigures.resource("nfdump-1.7.8/q" + question + ".txt");
      assertThat(answer(question, lake).replaceFirst(BLOCKS, ""))
          .isEqualTo(recorded.replaceFirst(BLOCKS, ""));
    }
    assertThat(convert(lake))
        .contains("Converted 0 files, 0 flows, ")
        .contains(SampleArchive.FILES + " files were in the lake already");
  }

  /** Two conversions of the same files at the same time: each file goes in once. */
  static void takeTogether(String lake) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(2);
    try {
      Future<String> first = writers.submit(() -> convert(lake, SampleArchive.lastDay()));
      Future<String> second = writers.submit(() -> convert(lake, SampleArchive.lastDay()));
      assertThat(List.of(first.get(), second.get()))
          .anyMatch(
              report -> report.contains("Converted " + SampleArchive.LAST_DAY_FILES + " files, "))
          .anyMatch(report -> report.contains("Converted 0 files, "));
    } finally {
      writers.shutdown();
    }
  }

  /** A report, made twice: the second takes the place of the first, as one file and as several. */
  static void report(String lake, String folder) {
    for (int run = 0; run < 2; run++) {
      for (List<String> target :
          List.of(
              List.of("--out", folder + "/protocols.csv"),
              List.of("--out", folder + "/protocols", "--format", "csv", "--files", "0"))) {
        List<String> words = new ArrayList<>(List.of("aggregate", "--lake", lake));
        words.addAll(List.of("--keys", "proto", "--order", "bytes"));
        words.addAll(target);
        run(words);
        Dataset<Row> rows = JobsSession.get().read().option("header", "true").csv(target.get(1));
        assertThat(rows.selectExpr("cast(sum(flows) as long)").head().getLong(0))
            .isEqualTo(SampleArchive.FLOWS);
      }
    }
  }

  private static String convert(String lake) {
    return convert(lake, SampleArchive.netflow());
  }

  private static String convert(String lake, Path input) {
    return run(List.of("convert", "--lake", lake, input.toString()));
  }

  private static String answer(int question, String lake) {
    List<String> words =
        new ArrayList<>(CommandWords.split(SampleArchive.questions().get(question - 1)));
    int input = Collections.indexOfSubList(words, INPUT);
    words.set(input, "--lake");
    words.set(input + 1, lake);
    return run(words);
  }

  private static String run(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    int status = FlowlakeCommand.execute(stream, words.toArray(String[]::new));
    assertThat(status).as(words.toString()).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }
}
