package org.flowlake.udfs.ip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IpPrefixSetTest {
  private static IpPrefixSet set(String... prefixes) {
    return IpPrefixSet.of(Arrays.stream(prefixes).map(IpPrefix::parse).toList());
  }

  @Test
  void overlapAndNeighboursBecomeOneRange() {
    assertThat(set("10.0.1.0/24", "10.0.0.0/24", "10.0.0.7", "10.0.3.0/24", "10.0.0.7"))
        .hasToString("[10.0.0.0-10.0.1.255, 10.0.3.0-10.0.3.255]");
    assertThat(set("0.0.0.0/1", "128.0.0.0/1")).hasToString("[0.0.0.0-255.255.255.255]");
    // The carry from the low to the high half.
    assertThat(set("2001:db8:0:0::/64", "2001:db8:0:1::/64"))
        .hasToString("[2001:db8::-2001:db8:0:1:ffff:ffff:ffff:ffff]");
  }

  @Test
  void familiesAreKeptApart() {
    IpPrefixSet mixed = set("2001:db8::/32", "::/96", "10.1.2.3/24", "::ffff:0:0/96");
    assertThat(mixed.contains(IpAddress.parse("10.1.2.200"))).isTrue();
    assertThat(mixed.contains(IpAddress.parse("10.1.3.1"))).isFalse();
    assertThat(mixed.contains(IpAddress.parse("::ffff:10.1.3.1"))).isTrue();
    assertThat(mixed.contains(IpAddress.parse("2001:db8::1"))).isTrue();
    assertThat(mixed.ranges(4)).hasSize(1);
    assertThat(mixed.ranges(6)).hasSize(3);
    assertThat(mixed.size()).isEqualTo(4);
  }

  @Test
  void unionJoinsWhatOverlapsOrTouchesAcrossSets() {
    IpPrefixSet union =
        IpPrefixSet.union(
            List.of(
                set("10.0.1.0/24", "2001:db8::/32"),
                set("10.0.0.0/24", "192.0.2.1"),
                set(),
                set("10.0.1.7", "2001:db9::/32")));
    assertThat(union)
        .hasToString(
            "[10.0.0.0-10.0.1.255, 192.0.2.1-192.0.2.1,"
                + " 2001:db8::-2001:db9:ffff:ffff:ffff:ffff:ffff:ffff]");
    assertThat(IpPrefixSet.union(List.of()).isEmpty()).isTrue();
  }

  @Test
  void emptySetContainsNothing() {
    IpPrefixSet empty = IpPrefixSet.of(List.of());
    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.contains(IpAddress.parse("0.0.0.0"))).isFalse();
  }

  @Test
  void everythingContainsTheEnds() {
    IpPrefixSet all = set("::/0");
    assertThat(all.contains(IpAddress.parse("::"))).isTrue();
    assertThat(all.contains(IpAddress.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"))).isTrue();
  }

  @Property
  void containsWhatAnyOfItsPrefixesContains(
      @ForAll @Size(max = 30) List<@IntRange(max = 0xffff) Integer> networks,
      @ForAll @IntRange(max = 0xffff) int probe) {
    List<IpPrefix> prefixes =
        networks.stream()
            .map(n -> new IpPrefix(IpAddress.ofIpv4(0x0a000000 | n >>> 4 << 4), 20 + n % 13))
            .toList();
    IpAddress address = IpAddress.ofIpv4(0x0a000000 | probe);
    IpPrefixSet set = IpPrefixSet.of(prefixes);
    assertThat(set.contains(address))
        .isEqualTo(prefixes.stream().anyMatch(prefix -> prefix.contains(address)));
    List<IpRange> ranges = set.ranges();
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).first()).isGreaterThan(ranges.get(i - 1).last());
    }
  }

  @Property
  void bytesBelongToEitherFamily(
      @ForAll @Size(max = 8) List<@IntRange(max = 0xff) Integer> networks,
      @ForAll @IntRange(max = 0xff) int first,
      @ForAll @IntRange(max = 20) int more) {
    List<IpPrefix> prefixes =
        networks.stream()
            .map(
                n ->
                    new IpPrefix(
                        IpAddress.of(IpAddress.ofIpv4(n >>> 2 << 2).toBytes(), n % 2 == 0 ? 4 : 6),
                        n % 2 == 0 ? 30 : 126))
            .toList();
    IpPrefixSet set = IpPrefixSet.of(prefixes);
    boolean some = false;
    for (int i = first; i <= first + more; i++) {
      IpAddress ipv4 = IpAddress.ofIpv4(i);
      IpAddress ipv6 = IpAddress.of(ipv4.toBytes(), 6);
      boolean belongs =
          prefixes.stream().anyMatch(prefix -> prefix.contains(ipv4) || prefix.contains(ipv6));
      ByteBuffer bytes = ByteBuffer.wrap(ipv4.toBytes());
      assertThat(set.containsBytes(bytes.getLong(), bytes.getLong())).isEqualTo(belongs);
      some |= belongs;
    }
    assertThat(
            set.overlapsBytes(
                IpAddress.ofIpv4(first).toBytes(), IpAddress.ofIpv4(first + more).toBytes()))
        .isEqualTo(some);
  }

  @Test
  void travelsToAnExecutor() throws IOException, ClassNotFoundException {
    IpPrefixSet set = set("10.0.0.0/8", "2001:db8::/32");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(set);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(set);
    }
  }
}
