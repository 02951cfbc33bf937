package org.flowlake.converters.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowFileListingTest {
  @TempDir Path root;

  @BeforeEach
  void makeArchive() throws IOException {
    for (String name :
        List.of(
            "2024/03/11/nfcapd.202403110005",
            "2024/03/11/nfcapd.202403110000",
            "2024/03/11/nfcapd.current.4711",
            "2024/03/11/.nfstat",
            "2024/03/11/trace.pcap",
            "2024/03/02/nfcapd.202403020000",
            "2024/a.nfcapd")) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private List<String> list(String... inputs) throws IOException {
    return FlowFileListing.list(List.of(inputs), new Configuration()).stream()
        .map(file -> file.path().substring(file.path().indexOf(root.toString())))
        .map(path -> root.relativize(Path.of(path)).toString())
        .toList();
  }

  @Test
  void aFolderIsAllFilesBelowItInByteOrderOfNames() throws IOException {
    assertThat(list(root.toString()))
        .containsExactly(
            "2024/03/02/nfcapd.202403020000",
            "2024/03/11/nfcapd.202403110000",
            "2024/03/11/nfcapd.202403110005",
            "2024/a.nfcapd");
  }

  @Test
  void aFileNamedAsSuchIsTakenWhateverItsName() throws IOException {
    assertThat(list(root + "/2024/03/11/trace.pcap")).containsExactly("2024/03/11/trace.pcap");
  }

  @Test
  void aGlobNamesFilesAndFolders() throws IOException {
    assertThat(list(root + "/2024/03/*/nfcapd.20240311*", root + "/2024/03/0*"))
        .containsExactly(
            "2024/03/11/nfcapd.202403110000",
            "2024/03/11/nfcapd.202403110005",
            "2024/03/02/nfcapd.202403020000");
  }

  @Test
  void anInputThatNamesNothingIsAnError() {
    assertThatThrownBy(() -> list(root + "/2025"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(root + "/2025: no such file, folder or match");
  }
}
