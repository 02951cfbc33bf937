package org.flowlake.jobs.filter;

import java.time.ZoneId;
import java.util.Objects;
import org.flowlake.jobs.derive.GeoFiles;

/**
 * What a filter needs from outside its text.
 *
 * @param hosts resolves host names
 * @param includes reads included files
 * @param zone the zone of times without one
 * @param geo where addresses are looked up
 */
public record FilterSettings(
    HostResolver hosts, IncludeReader includes, ZoneId zone, GeoFiles geo) {

  public FilterSettings {
    Objects.requireNonNull(hosts, "hosts");
    Objects.requireNonNull(includes, "includes");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(geo, "geo");
  }

  /**
   * This machine's resolver, local include files, the default time zone, the databases that the
   * environment names.
   */
  public static FilterSettings local() {
    return new FilterSettings(
        HostResolver.system(),
        IncludeReader.localFiles(),
        ZoneId.systemDefault(),
        GeoFiles.ofEnvironment());
  }

  public FilterSettings withHosts(HostResolver resolver) {
    return new FilterSettings(resolver, includes, zone, geo);
  }

  public FilterSettings withIncludes(IncludeReader reader) {
    return new FilterSettings(hosts, reader, zone, geo);
  }

  public FilterSettings withZone(ZoneId timeZone) {
    return new FilterSettings(hosts, includes, timeZone, geo);
  }

  public FilterSettings withGeo(GeoFiles files) {
    return new FilterSettings(hosts, includes, zone, files);
  }
}
