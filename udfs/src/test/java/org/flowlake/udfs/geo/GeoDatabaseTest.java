package org.flowlake.udfs.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoDatabaseTest {
  @TempDir private static Path folder;
  private static GeoDatabase database;

  @BeforeAll
  static void writeTheFiles() throws IOException {
    Path city =
        new MmdbWriter("Test-City")
            .add(
                "192.0.2.0/24",
                Map.of(
                    "continent", Map.of("code", "EU"),
                    "country", Map.of("iso_code", "CH", "names", Map.of("en", "Switzerland")),
                    "city", Map.of("names", Map.of("en", "Bern")),
                    "location", Map.of("latitude", 46.9481, "longitude", 7.4474)))
            .add(
                "2001:db8::/32",
                Map.of(
                    "continent", Map.of("code", "NA"),
                    "country", Map.of("iso_code", "CA", "names", Map.of("en", "Canada")),
                    "subdivisions", List.of(Map.of("names", Map.of("en", "Quebec")))))
            .write(folder.resolve("city.mmdb"));
    Path systems =
        new MmdbWriter("Test-ASN")
            .add(
                "192.0.2.0/25",
                Map.of(
                    "autonomous_system_number",
                    64496L,
                    "autonomous_system_organization",
                    "Example AG"))
            .write(folder.resolve("asn.mmdb"));
    database = new GeoDatabase().add(city.toFile()).add(systems.toFile());
  }

  @Test
  void addressesOfBothFamiliesHaveTheirCountry() {
    assertThat(country("192.0.2.200")).isEqualTo("CH");
    assertThat(country("2001:db8:1::1")).isEqualTo("CA");
    assertThat(country("198.51.100.1")).isEqualTo("..");
    assertThat(country("2001:db9::1")).isEqualTo("..");
  }

  @Test
  void placeIsTheSmallestAreaWithAName() {
    assertThat(place("192.0.2.1")).isEqualTo("EU/CH/Bern long/lat: 46.9481/7.4474");
    assertThat(place("2001:db8::1")).isEqualTo("NA/CA/Quebec long/lat: 0.0000/0.0000");
  }

  @Test
  void systemsComeFromTheFileOfSystems() {
    IpAddress inside = IpAddress.parse("192.0.2.1");
    assertThat(database.asNumber(inside.toBytes(), 4)).isEqualTo(64496);
    assertThat(database.asOrganization(inside.toBytes(), 4)).contains("Example AG");
    assertThat(database.asOrganization(64496)).contains("Example AG");
    assertThat(database.asOrganization(64497)).isEmpty();
    assertThat(database.asNumber(IpAddress.parse("192.0.2.129").toBytes(), 4)).isZero();
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no database");
    assertThatThrownBy(() -> new GeoDatabase().add(text.toFile())).isInstanceOf(IOException.class);
  }

  private static String country(String text) {
    IpAddress address = IpAddress.parse(text);
    return database.country(address.toBytes(), address.ipVersion());
  }

  private static String place(String text) {
    IpAddress address = IpAddress.parse(text);
    return database.place(address.toBytes(), address.ipVersion()).orElseThrow();
  }
}
