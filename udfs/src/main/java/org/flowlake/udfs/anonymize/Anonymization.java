package org.flowlake.udfs.anonymize;

import java.io.Serializable;
import java.util.Objects;

/** A way to anonymise: equal ones give equal addresses for equal addresses. */
public record Anonymization(AnonymizationKey key, Ipv6Scheme ipv6) implements Serializable {
  public Anonymization {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(ipv6, "ipv6");
  }

  /** What tells it from others, without giving the key away. */
  public String fingerprint() {
    return key.fingerprint() + " " + ipv6;
  }
}
