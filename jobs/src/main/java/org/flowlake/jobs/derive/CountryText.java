package org.flowlake.jobs.derive;

import java.util.List;
import org.flowlake.converters.flow.FlowField;

/** The country of an address, two letters; {@code ..} where none is known. */
public record CountryText(FlowField address, GeoFiles files) implements Derivation {
  @Override
  public List<FlowField> fields() {
    return AddressVersion.column(address)
        .map(version -> List.of(address, version))
        .orElse(List.of(address));
  }

  @Override
  public List<String> texts(FlowFields flow) {
    return List.of(
        files
            .database()
            .country(flow.bytes(address), AddressVersion.of(flow, address).orElseThrow()));
  }
}
