package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Permissions of a lake: what the umask of the process leaves, in every file and folder of it. */
@Timeout(300)
class LakePermissionsTest {
  @TempDir private Path folder;

  @Test
  void filesAndFoldersHaveWhatTheUmaskLeaves() throws IOException {
    assumeTrue(ProcessUmask.octal().isPresent(), "the system does not tell a process's umask");
    Path lake = folder.resolve("lake");

    convert("027", lake);

    try (Stream<Path> found = Files.walk(lake)) {
      assertThat(found.toList())
          .hasSizeGreaterThan(20)
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .isEqualTo(Files.isDirectory(path) ? "rwxr-x---" : "rw-r-----"));
    }
  }

  /** A process of its own, as a JVM cannot change its umask. */
  private void convert(String umask, Path lake) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", "umask " + umask + "; exec \"$@\"", "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            FlowlakeCommand.class.getName(),
            "convert",
            "--lake",
            lake.toString(),
            SampleArchive.netflow().resolve("2012/04/02").toString()));
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    process.onExit().join();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
  }
}
