package org.flowlake.udfs.geo;

import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Reader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowlake.udfs.ip.IpAddress;

/**
 * Several files in MaxMind's format (MaxMind DB file format specification 2.0) as one database: the
 * first file that knows an address answers. Files stay open as long as the JVM. For several
 * threads.
 */
public final class GeoDatabase {
  /** What a country is where none is known, as nfdump prints it. */
  public static final String UNKNOWN_COUNTRY = "..";

  private final List<Reader> places = new ArrayList<>();
  private final List<Reader> systems = new ArrayList<>();
  private Map<Long, String> organizations;

  /**
   * A database of no files yet.
   *
   * @see #add
   */
  public GeoDatabase() {}

  /**
   * Adds a file of this machine, which is mapped into memory.
   *
   * @throws IOException if it cannot be read or is not in MaxMind's format
   */
  public GeoDatabase add(File file) throws IOException {
    add(new Reader(file));
    return this;
  }

  /** As {@link #add(File)} for a file from elsewhere, which is read into memory. */
  public GeoDatabase add(InputStream file) throws IOException {
    add(new Reader(file));
    return this;
  }

  private void add(Reader reader) {
    String type = reader.getMetadata().databaseType().toUpperCase(Locale.ROOT);
    boolean ofSystems = type.contains("ASN") || type.contains("ISP");
    if (ofSystems || type.contains("ENTERPRISE")) {
      systems.add(reader);
    }
    if (!ofSystems) {
      places.add(reader);
    }
  }

  /** Whether any file knows autonomous systems. */
  public boolean knowsSystems() {
    return !systems.isEmpty();
  }

  /**
   * The two letters of the country (ISO 3166); {@link #UNKNOWN_COUNTRY} where none is known.
   *
   * @param address 16 bytes
   * @param ipVersion 4 or 6
   */
  public String country(byte[] address, int ipVersion) {
    return find(places, address, ipVersion)
        .map(GeoRecord::country)
        .map(GeoRecord.Area::isoCode)
        .filter(code -> code.length() == 2)
        .orElse(UNKNOWN_COUNTRY);
  }

  /**
   * {@code continent/country/city long/lat: latitude/longitude}, as nfdump writes it, which has the
   * two the other way round than it says; empty where the address is not known.
   */
  public Optional<String> place(byte[] address, int ipVersion) {
    return find(places, address, ipVersion).map(GeoDatabase::place);
  }

  private static String place(GeoRecord found) {
    GeoRecord.Point point = found.location();
    return String.format(
        Locale.ROOT,
        "%s/%s/%s long/lat: %.4f/%.4f",
        Optional.ofNullable(found.continent()).map(GeoRecord.Area::code).orElse(""),
        Optional.ofNullable(found.country()).map(GeoRecord.Area::isoCode).orElse(""),
        nearest(found),
        point == null || point.latitude() == null ? 0 : point.latitude(),
        point == null || point.longitude() == null ? 0 : point.longitude());
  }

  /** The name of the smallest area that has one. */
  private static String nearest(GeoRecord found) {
    List<GeoRecord.Area> parts = found.subdivisions();
    GeoRecord.Area part = parts == null || parts.isEmpty() ? null : parts.get(0);
    return Stream.of(
            Optional.ofNullable(found.city()),
            Optional.ofNullable(part),
            Optional.ofNullable(found.country()))
        .flatMap(Optional::stream)
        .map(GeoRecord.Area::name)
        .filter(name -> name != null && !name.isEmpty())
        .findFirst()
        .orElse("unknown");
  }

  /** The number of the autonomous system; 0 where none is known. */
  public long asNumber(byte[] address, int ipVersion) {
    return find(systems, address, ipVersion).map(GeoRecord::asNumber).orElse(0L);
  }

  /** Who runs the autonomous system of the address; empty where none is known. */
  public Optional<String> asOrganization(byte[] address, int ipVersion) {
    return find(systems, address, ipVersion).map(GeoRecord::asOrganization);
  }

  /** Who runs this autonomous system. The first call reads all networks of the files. */
  public synchronized Optional<String> asOrganization(long asNumber) {
    if (organizations == null) {
      Map<Long, String> found = new HashMap<>();
      for (Reader reader : systems) {
        readOrganizations(reader, found);
      }
      organizations = found;
    }
    return Optional.ofNullable(organizations.get(asNumber));
  }

  private static void readOrganizations(Reader reader, Map<Long, String> found) {
    try {
      var networks = reader.networks(GeoRecord.class);
      while (networks.hasNext()) {
        GeoRecord system = networks.next().data();
        if (system.asNumber() != null && system.asOrganization() != null) {
          found.putIfAbsent(system.asNumber(), system.asOrganization());
        }
      }
    } catch (IOException | InvalidNetworkException e) {
      throw new IllegalStateException("Cannot read the networks of a database of AS", e);
    }
  }

  private static Optional<GeoRecord> find(List<Reader> readers, byte[] address, int ipVersion) {
    InetAddress wanted = inetAddress(address, ipVersion);
    for (Reader reader : readers) {
      if (ipVersion == 6 && reader.getMetadata().ipVersion() == 4) {
        continue;
      }
      try {
        GeoRecord found = reader.get(wanted, GeoRecord.class);
        if (found != null) {
          return Optional.of(found);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Damaged database " + reader.getMetadata().databaseType() + ": " + e.getMessage(), e);
      }
    }
    return Optional.empty();
  }

  private static InetAddress inetAddress(byte[] address, int ipVersion) {
    try {
      return InetAddress.getByAddress(
          ipVersion == 4
              ? Arrays.copyOfRange(address, IpAddress.BYTES - 4, IpAddress.BYTES)
              : address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("An address has 16 bytes, not " + address.length, e);
    }
  }
}
