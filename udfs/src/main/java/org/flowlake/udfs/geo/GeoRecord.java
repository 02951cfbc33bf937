package org.flowlake.udfs.geo;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import java.util.List;
import java.util.Map;

/**
 * What is read of one record of a City, Country or ASN file; a component is null where the file or
 * the record does not have it. Public because the reader makes it.
 */
public record GeoRecord(
    @MaxMindDbParameter(name = "continent") Area continent,
    @MaxMindDbParameter(name = "country") Area country,
    @MaxMindDbParameter(name = "subdivisions") List<Area> subdivisions,
    @MaxMindDbParameter(name = "city") Area city,
    @MaxMindDbParameter(name = "location") Point location,
    @MaxMindDbParameter(name = "autonomous_system_number") Long asNumber,
    @MaxMindDbParameter(name = "autonomous_system_organization") String asOrganization) {

  @MaxMindDbConstructor
  public GeoRecord {}

  /** A continent, country, part of a country, or city. */
  public record Area(
      @MaxMindDbParameter(name = "code") String code,
      @MaxMindDbParameter(name = "iso_code") String isoCode,
      @MaxMindDbParameter(name = "names") Map<String, String> names) {

    @MaxMindDbConstructor
    public Area {}

    /** The English name; null where there is none. */
    String name() {
      return names == null ? null : names.get("en");
    }
  }

  /** Degrees. */
  public record Point(
      @MaxMindDbParameter(name = "latitude") Double latitude,
      @MaxMindDbParameter(name = "longitude") Double longitude) {

    @MaxMindDbConstructor
    public Point {}
  }
}
