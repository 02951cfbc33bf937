package org.flowlake.jobs.result;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.jobs.JobsSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of the numbers 0 to 99, in ten tasks. */
class ResultWriterTest {
  @TempDir private Path folder;

  private static Dataset<Row> numbers() {
    return JobsSession.get().range(0, 100, 1, 10).toDF("number");
  }

  /** Fails in its last task, when others have written. */
  private static Dataset<Row> failing() {
    return numbers()
        .select(
            when(col("number").lt(99), col("number"))
                .otherwise(raise_error(lit("no more numbers")))
                .as("number"));
  }

  private static void write(Dataset<Row> table, int files, Path target) {
    new ResultWriter(ResultFormat.CSV, files, ZoneOffset.UTC).write(table, target.toString());
  }

  @Test
  void oneFileHasAllRowsInOrder() throws IOException {
    Path file = folder.resolve("numbers.csv");
    write(numbers(), 1, file);
    List<String> expected = new ArrayList<>(List.of("number"));
    IntStream.range(0, 100).forEach(number -> expected.add(Integer.toString(number)));
    assertThat(Files.readAllLines(file)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void folderHasAsManyFilesAsAskedFor(int files) throws IOException {
    Path target = folder.resolve("numbers");
    write(numbers(), files, target);
    List<String> rows = new ArrayList<>();
    for (Path part : parts(target)) {
      rows.addAll(Files.readAllLines(part).stream().skip(1).toList());
    }
    assertThat(parts(target)).hasSize(files == 0 ? 10 : files);
    assertThat(rows).isEqualTo(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void runThatFailsLeavesTheEarlierResult(int files) throws IOException {
    Path target = folder.resolve("numbers");
    write(numbers().limit(3), files, target);
    List<Path> before = everything();

    assertThatThrownBy(() -> write(failing(), files, target))
        .hasStackTraceContaining("no more numbers");

    assertThat(everything()).isEqualTo(before);
    Path kept = files == 1 ? target : parts(target).get(0);
    assertThat(Files.readAllLines(kept)).containsExactly("number", "0", "1", "2");
  }

  private static List<Path> parts(Path target) throws IOException {
    try (Stream<Path> entries = Files.list(target)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("part-"))
          .sorted()
          .toList();
    }
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.sorted().toList();
    }
  }
}
