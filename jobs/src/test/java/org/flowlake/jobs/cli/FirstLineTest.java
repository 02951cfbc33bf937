package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first line of a list comes when hardly any flow was read: no more than a task per core and
 * one more have begun, of two hundred that read alike many flows each.
 */
class FirstLineTest {
  private static final int FILES = 200;

  @TempDir Path folder;

  @Test
  void ofRawFiles() throws IOException {
    Path file = folder.resolve("nfcapd.201204030000");
    assertThat(dump(System.out, "-R", SampleArchive.netflow().toString(), "-w", file.toString()))
        .isEqualTo(ExitCode.OK);
    // A task of its own: tasks of a list are smaller.
    assertThat(Files.size(file)).isGreaterThan(8 << 20);
    Path many = Files.createDirectory(folder.resolve("many"));
    for (int i = 0; i < FILES; i++) {
      Files.createLink(many.resolve("nfcapd.20120403%04d".formatted(i)), file);
    }

    assertThat(tasksBeforeTheFirstLine(many)).isLessThanOrEqualTo(FILES * 2 / 100);
  }

  @Test
  void ofALake() throws IOException {
    Path lake = folder.resolve("lake");
    String day = SampleArchive.netflow().resolve("2012/04/04").toString();
    ConversionRequest request =
        new ConversionRequest(
            lake.toString(),
            List.of(day),
            DamagePolicy.FAIL,
            ConversionRequest.MismatchPolicy.FAIL);
    new LakeConversion(JobsSession.get(), request).run();
    multiply(new HadoopTables(new Configuration()).load(lake.resolve("flows").toString()));

    assertThat(tasksBeforeTheFirstLine(lake)).isLessThanOrEqualTo(FILES * 2 / 100);
  }

  /** Gives a table of one file as many as are wanted, all with the same flows. */
  private static void multiply(Table flows) throws IOException {
    AppendFiles append = flows.newAppend();
    try (CloseableIterable<FileScanTask> tasks = flows.newScan().planFiles()) {
      DataFile file = tasks.iterator().next().file();
      Path first = Path.of(URI.create(file.location()).getPath());
      for (int i = 1; i < FILES; i++) {
        Path link = first.resolveSibling("link-" + i + ".parquet");
        Files.createLink(link, first);
        append.appendFile(
            DataFiles.builder(flows.spec()).copy(file).withPath(link.toString()).build());
      }
    }
    append.commit();
  }

  private static int tasksBeforeTheFirstLine(Path source) {
    SparkContext context = JobsSession.get().sparkContext();
    TasksStarted tasks = new TasksStarted();
    AtomicInteger atFirstLine = new AtomicInteger();
    OutputStream reader =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
          }

          /** Has seen enough, as {@code head -1}. */
          @Override
          public void write(byte[] text, int from, int length) throws IOException {
            if (length > 0 && atFirstLine.get() == 0) {
              drain(context);
              atFirstLine.set(tasks.count.get());
            }
            throw new IOException("closed");
          }
        };
    context.addSparkListener(tasks);
    try (PrintStream out = new PrintStream(reader, false, StandardCharsets.UTF_8)) {
      dump(out, "-R", source.toString(), "-q", "-o", "csv:%ts,%sa,%da,%byt");
    } finally {
      context.removeSparkListener(tasks);
    }
    assertThat(atFirstLine).hasPositiveValue();
    return atFirstLine.get();
  }

  private static void drain(SparkContext context) {
    try {
      context.listenerBus().waitUntilEmpty();
    } catch (java.util.concurrent.TimeoutException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static int dump(PrintStream out, String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "dump";
    System.arraycopy(words, 0, all, 1, words.length);
    return FlowlakeCommand.execute(out, all);
  }

  private static final class TasksStarted extends SparkListener {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      count.incrementAndGet();
    }
  }
}
