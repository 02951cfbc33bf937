package org.flowlake.jobs.filter;

import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.ip.IpPrefixSet;

/**
 * Says of a filter what follows from its tests of addresses alone: where matching flows can be, for
 * instance. Negated tests and all others say nothing.
 *
 * @param <T> what is said; a filter's is at least as wide as what holds for each matching flow
 */
public interface AddressAlgebra<T> {
  /** Said by a test that an address is in a set. */
  T in(FlowField field, IpPrefixSet addresses);

  /** Said by a test of anything else. */
  T anything();

  /** Both tests hold. */
  T both(T left, T right);

  /** One of them holds. */
  T either(T left, T right);
}
