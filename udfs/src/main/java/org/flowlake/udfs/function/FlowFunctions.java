package org.flowlake.udfs.function;

import java.util.List;

/**
 * Every SQL function that flowlake adds to Spark, once: sessions, docs and tests read this list.
 */
final class FlowFunctions {
  /** The version that the first functions come with. */
  static final String FIRST_VERSION = "0.1.0";

  static final List<FlowFunction> ALL =
      List.of(
          new IpAsStringFunction(),
          new IpAsBinaryFunction(),
          new TryIpAsBinaryFunction(),
          new IpCidrContainsFunction(),
          new IpMaskFunction(),
          new TcpFlagsTextFunction(),
          new ProtoNameFunction());

  private FlowFunctions() {}
}
