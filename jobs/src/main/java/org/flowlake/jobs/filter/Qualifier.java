package org.flowlake.jobs.filter;

import java.util.List;

/** The words in front of a term that say which side of the flow it looks at. */
enum Qualifier {
  /** Nothing: either side for most terms that have two, the source side for {@code tos}. */
  NONE(""),
  /** nfdump 1.7.1 only. */
  EITHER_SIDE("src or dst", "dst or src"),
  SRC("src"),
  DST("dst"),
  /** nfdump 1.7.1 only. */
  BOTH_SIDES("src and dst", "dst and src"),
  IN("in"),
  OUT("out"),
  IN_SRC("in src"),
  IN_DST("in dst"),
  OUT_SRC("out src"),
  OUT_DST("out dst"),
  NAT("nat", "xlate"),
  SRC_NAT("src nat", "src xlate"),
  DST_NAT("dst nat", "dst xlate"),
  TUN("tun"),
  SRC_TUN("src tun"),
  DST_TUN("dst tun"),
  PREV("prev", "previous"),
  NEXT("next"),
  BGP_NEXT("bgp next", "bgpnext"),
  ROUTER("router", "exporter"),
  INGRESS("ingress"),
  EGRESS("egress"),
  CLIENT("client"),
  SERVER("server"),
  APP("app"),
  MIN("min"),
  MAX("max");

  private final List<String> spellings;

  Qualifier(String... spellings) {
    this.spellings = List.of(spellings);
  }

  /** Every way to write it, the canonical one first. */
  List<String> spellings() {
    return spellings;
  }

  String canonical() {
    return spellings.get(0);
  }
}
