package org.flowlake.jobs.filter;

import java.time.ZoneId;
import java.util.Objects;

/**
 * What a filter needs from outside its text.
 *
 * @param hosts resolves host names
 * @param includes reads included files
 * @param zone the zone of times without one
 */
public record FilterSettings(HostResolver hosts, IncludeReader includes, ZoneId zone) {

  public FilterSettings {
    Objects.requireNonNull(hosts, "hosts");
    Objects.requireNonNull(includes, "includes");
    Objects.requireNonNull(zone, "zone");
  }

  /** This machine's resolver, local include files, the default time zone. */
  public static FilterSettings local() {
    return new FilterSettings(
        HostResolver.system(), IncludeReader.localFiles(), ZoneId.systemDefault());
  }

  public FilterSettings withHosts(HostResolver resolver) {
    return new FilterSettings(resolver, includes, zone);
  }

  public FilterSettings withIncludes(IncludeReader reader) {
    return new FilterSettings(hosts, reader, zone);
  }

  public FilterSettings withZone(ZoneId timeZone) {
    return new FilterSettings(hosts, includes, timeZone);
  }
}
