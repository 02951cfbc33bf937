package org.flowlake.jobs.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.flowlake.jobs.aggregate.AggregationKey;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.report.OutputFormats;
import org.flowlake.jobs.stat.StatElement;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completes commands and options, the values of options that have words of their own, names of
 * files, and in filters the words that can follow.
 */
final class ShellCompleter implements Completer {
  private static final Set<String> FILES =
      Set.of(
          "-r", "-R", "-M", "-f", "-G", "-E", "-v", "--lake", "--input", "--filter-file", "--out");
  private static final Collection<String> OWN = List.of("help", "quit", "!sql");

  private final CommandLine commands;
  private final FileNameCompleter files = new FileNameCompleter();

  ShellCompleter(CommandLine commands) {
    this.commands = commands;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String before = line.wordIndex() == 0 ? "" : line.words().get(line.wordIndex() - 1);
    if (FILES.contains(before)) {
      files.complete(reader, line, candidates);
      return;
    }
    words(line, before).map(Candidate::new).forEach(candidates::add);
  }

  private Stream<String> words(ParsedLine line, String before) {
    switch (before) {
      case "-s", "--by":
        return Arrays.stream(StatElement.values()).map(StatElement::word);
      case "-A", "--keys":
        return Arrays.stream(AggregationKey.values()).map(AggregationKey::word);
      case "-O", "--order":
        return names(PrintOrder.values());
      case "-o":
        return names(OutputFormats.values());
      case "help":
        return visible();
      default:
        break;
    }
    Map<String, CommandLine> known = commands.getSubcommands();
    CommandLine command = known.getOrDefault(line.words().get(0), known.get("dump"));
    if (line.word().startsWith("-")) {
      return options(command);
    }
    return line.wordIndex() == 0
        ? Stream.concat(visible(), OWN.stream())
        : FlowFilter.wordsAfter(before).stream();
  }

  private Stream<String> visible() {
    return commands.getSubcommands().entrySet().stream()
        .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey);
  }

  private static Stream<String> options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::names)
        .flatMap(Arrays::stream);
  }

  private static Stream<String> names(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
