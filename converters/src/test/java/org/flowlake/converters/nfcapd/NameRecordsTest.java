package org.flowlake.converters.nfcapd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowlake.converters.nfcapd.NfcapdBytes.join;
import static org.flowlake.converters.nfcapd.NfcapdBytes.le;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.nfcapd.CollectorName.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names between the flows, as nfdump reads them from the same file. */
class NameRecordsTest {
  private static final int HTTP = 0x50000003;
  private static final int SSL = 0x0200000D;

  @TempDir private Path folder;

  private static byte[] text(String text, int bytes) {
    return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), bytes);
  }

  private static byte[] names(int type, int bytes, byte[]... elements) {
    byte[] all = join(elements);
    return join(
        le((short) type, (short) (12 + all.length), (short) elements.length),
        le((short) (4 + bytes), bytes),
        all);
  }

  private static byte[] name(int id, String name, int bytes) {
    return join(le(id), text(name, bytes));
  }

  private static byte[] application(int id, String name, String description) {
    return join(le(id), text(name, 16), text(description, 24));
  }

  private static byte[] applications(int elements, byte[]... all) {
    byte[] data = join(all);
    return join(
        le((short) 12, (short) (14 + data.length), (short) elements, (short) 44),
        le((short) 4, (short) 16, (short) 24),
        data);
  }

  private static byte[] flow(int input, int output, int egressVrf, int application) {
    return NfcapdBytes.flow(
        NfcapdBytes.generic(),
        NfcapdBytes.ipv4(),
        NfcapdBytes.element(4, join(le(input, output), new byte[8])),
        NfcapdBytes.element(36, le(egressVrf, 0)),
        NfcapdBytes.element(27, le(application)));
  }

  private static byte[] file() {
    byte[] records =
        join(
            names(13, 20, name(1, "eth0", 20), name(2, "eth1, uplink", 20)),
            names(14, 8, name(7, "red", 8)),
            applications(
                2, application(HTTP, "http", "World Wide Web"), application(SSL, "ssl", "")),
            names(13, 16, name(2, "ge-0/0/2", 16)),
            flow(1, 2, 7, HTTP),
            flow(0, 9, 9, SSL));
    return NfcapdBytes.layoutTwo(0, 2, NfcapdBytes.block(3, 6, records));
  }

  private static List<CollectorName> namesOf(byte[] file) throws IOException {
    try (NfcapdFile opened = NfcapdFile.open(NfcapdBytes.input(file), DamagePolicy.FAIL)) {
      assertThat(opened.inspect().names()).isEqualTo(opened.names());
      return opened.names();
    }
  }

  @Test
  void lastNameOfANumberCounts() throws IOException {
    assertThat(namesOf(file()))
        .containsExactly(
            new CollectorName(Kind.INTERFACE, "1", "eth0"),
            new CollectorName(Kind.VRF, "7", "red"),
            new CollectorName(Kind.APPLICATION, "03000050", "http/World Wide Web"),
            new CollectorName(Kind.APPLICATION, "0d000002", "ssl/"),
            new CollectorName(Kind.INTERFACE, "2", "ge-0/0/2"));
  }

  @Test
  void nfdumpKnowsTheSameNames() throws IOException {
    Nfdump nfdump = Nfdump.orSkip();
    Path file = Files.write(folder.resolve("names.nfcapd"), file());
    assertThat(nfdump.list(file, "fmt:%onam|%nbnam").lines())
        .containsExactly(" ge-0/0/2|http/World Wide Web", " <ingress not found>|ssl/");
  }

  @Test
  void elementsBeyondTheRecordAreLeftOut() throws IOException {
    byte[] cut = applications(3, application(HTTP, "http", "web"));
    byte[] tooLong = names(13, 60000, name(1, "eth0", 8));
    byte[] records = join(cut, tooLong, flow(1, 2, 7, HTTP));
    assertThat(namesOf(NfcapdBytes.layoutTwo(0, 1, NfcapdBytes.block(3, 3, records))))
        .containsExactly(new CollectorName(Kind.APPLICATION, "03000050", "http/web"));
  }
}
