package org.flowlake.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.flowlake.converters.lake.SparkOnDemand;
import org.flowlake.jobs.CaptureFiles;
import org.flowlake.jobs.FlowSource;
import org.flowlake.jobs.question.QuestionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** nfdump's inputs; a lake or a folder of Parquet files may stand in their place. */
final class InputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "-r",
      paramLabel = "FILE",
      description = "Read this file, lake, or folder of files.")
  private String file;

  @Option(
      names = "-R",
      paramLabel = "DIR[/FIRST[:LAST]]",
      description = "Read all files below a folder, or a range of files; or a lake.")
  private String range;

  @Option(
      names = "-M",
      paramLabel = "DIR/A:B:C",
      description = "Read the files of -r or -R in each of these folders.")
  private String folders;

  @Option(
      names = "--lake",
      paramLabel = "LOCATION",
      description = "Ask this lake: its folder, or catalog:NAME.NAMESPACE.")
  private String lake;

  /** Whether any input is named. */
  boolean given() {
    return file != null || range != null || folders != null || lake != null;
  }

  /** These options as words of a question in the shell; none if it names an input itself. */
  List<String> wordsFor(List<String> question) {
    boolean dump = question.get(0).equals("dump");
    Set<String> naming = dump ? Set.of("-r", "-R", "-M", "--lake") : Set.of("--lake", "--input");
    if (!SessionQuestions.SERVED.contains(question.get(0))
        || question.stream().anyMatch(word -> naming.stream().anyMatch(word::startsWith))) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    add(words, "--lake", lake);
    if (dump) {
      add(words, "-M", folders);
      add(words, "-r", file);
      add(words, "-R", range);
    } else if (folders == null) {
      add(words, "--input", file == null ? range : file);
    }
    return words;
  }

  private static void add(List<String> words, String option, String value) {
    if (value != null) {
      words.addAll(List.of(option, value));
    }
  }

  /** Fails where the options do not go together, before anything is started. */
  void check() {
    if (lake != null) {
      if (file != null || range != null || folders != null) {
        throw new QuestionException("--lake does not go together with -r, -R and -M");
      }
      return;
    }
    if (file == null && range == null) {
      throw new QuestionException(
          folders == null
              ? "Need an input source: -r FILE, -R DIR or --lake LOCATION"
              : "-M needs either -r or -R to specify the file or file list."
                  + " Add '-R .' for all files in the directories.");
    }
    if (file != null && range != null) {
      throw new QuestionException(
          "-r and -R are mutually exclusive. Please specify either -r or -R");
    }
    String name = file == null ? range : file;
    if (folders != null && name.startsWith("/")) {
      throw new QuestionException(
          "File " + name + " must not start with '/', when combined with a source list -M");
    }
  }

  FlowSource source(SparkOnDemand spark) {
    CommandContext context = CommandContext.of(command);
    if (lake != null) {
      return FlowSource.lake(spark, context.located(lake));
    }
    Configuration hadoop = spark.hadoop();
    List<String> paths = new ArrayList<>();
    if (folders == null) {
      paths.addAll(
          file == null
              ? CaptureFiles.range(context.located(range), hadoop)
              : List.of(context.located(file)));
    } else {
      for (String folder : CaptureFiles.sources(context.located(folders))) {
        if (file != null) {
          paths.add(folder + "/" + file);
        } else {
          paths.addAll(
              CaptureFiles.range(range.equals(".") ? folder : folder + "/" + range, hadoop));
        }
      }
    }
    return paths.size() == 1
        ? FlowSource.detect(spark, paths.get(0))
        : FlowSource.raw(spark.session(), paths);
  }
}
