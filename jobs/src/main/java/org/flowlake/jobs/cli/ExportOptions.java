package org.flowlake.jobs.cli;

import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.flowlake.converters.nfcapd.BlockCompression;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.udfs.anonymize.Anonymization;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where nfdump's {@code -w} writes, and how the file is compressed. */
final class ExportOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private static final String STANDARD_OUTPUT = "-";
  private static final String USAGE =
      "Usage for option -z: set -z=lzo, -z=lz4[:LEVEL], -z=bz2 or -z=zstd[:LEVEL]";

  @Option(
      names = "-w",
      paramLabel = "FILE",
      description = {
        "Write the flows, or with -a, -A, -b, -B the groups, to this nfcapd file (layout 2)",
        "in place of printing them; nfdump reads it."
      })
  private String file;

  @Option(
      names = "-z",
      arity = "0..1",
      paramLabel = "lzo|lz4[:LEVEL]|bz2|zstd[:LEVEL]",
      preprocessor = AttachedValue.class,
      description = "Compression of the file of -w, attached as in -z=lz4; -z alone is LZO.")
  private String compression;

  @Mixin private AnonymizeOptions anonymize;

  @Option(names = "-y", hidden = true)
  private boolean lz4;

  @Option(names = "-j", hidden = true)
  private boolean bz2;

  /** What follows after a blank is never the value of {@code -z}, but the filter. */
  static final class AttachedValue implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      boolean apart = " ".equals(info.get("separator"));
      if (apart) {
        option.setValue("lzo");
      }
      return apart;
    }
  }

  /**
   * The file to write; empty where none is asked for.
   *
   * @throws QuestionException if it can be no file
   */
  Optional<String> target() {
    if (STANDARD_OUTPUT.equals(file)) {
      throw new QuestionException(
          "-w - is not offered: the head of an nfcapd file is written last. Name a file;"
              + " nfdump would make one named -, as ./- does");
    }
    return Optional.ofNullable(file).map(name -> CommandContext.of(command).located(name));
  }

  /**
   * How the flows of the file are anonymised; empty for not at all.
   *
   * @throws QuestionException if there is no file, or the key is none
   */
  Optional<Anonymization> anonymization() {
    Optional<Anonymization> asked = anonymize.ofFile(CommandContext.of(command)::located);
    if (asked.isPresent() && file == null) {
      throw new QuestionException(
          "--anonymize-key-file goes with -w: what is printed is not anonymised");
    }
    return asked;
  }

  /**
   * How the file is compressed.
   *
   * @throws QuestionException for an unknown compression, or several
   */
  BlockEncoding encoding() {
    if ((compression == null ? 0 : 1) + (lz4 ? 1 : 0) + (bz2 ? 1 : 0) > 1) {
      throw new QuestionException("Use one compression only. " + USAGE);
    }
    if (lz4 || bz2) {
      return new BlockEncoding(lz4 ? BlockCompression.LZ4 : BlockCompression.BZ2, 0);
    }
    return compression == null ? BlockEncoding.NONE : parse(compression);
  }

  /**
   * Parses the name of a compression, with or without a level.
   *
   * @throws QuestionException for an unknown one
   */
  static BlockEncoding parse(String text) {
    try {
      return BlockEncoding.parse(text);
    } catch (IllegalArgumentException e) {
      throw new QuestionException(e.getMessage() + ". " + USAGE);
    }
  }
}
