package org.flowlake.jobs.filter;

/** What may follow the words of a term. */
enum ArgumentKind {
  NOTHING("nothing"),
  /** A comparison or none, then a number. */
  COMPARED_NUMBER("a number"),
  /** A number only. */
  NUMBER("a number"),
  /** A comparison or none, then a number; or a name. */
  COMPARED_CODE("a number or a name"),
  /** A number or a name. */
  CODE("a number or a name"),
  NAME("a name"),
  /** A comparison or none, then a number; or letters; or {@code =} and letters. */
  FLAGS("TCP flags such as SA, or a number"),
  ADDRESS("an IP address or a host name"),
  NETWORK("a network such as 10.0.0.0/8"),
  MAC("a MAC address such as 00:11:22:33:44:55"),
  /** A comparison or none, then a point in time. */
  TIME("a time such as 2024-03-11T08:30:00"),
  TEXT("a word or a text in quotes"),
  /** A text, then perhaps option letters. */
  PATTERN("a regular expression in quotes");

  private final String expected;

  ArgumentKind(String expected) {
    this.expected = expected;
  }

  /** For messages: "expected ...". */
  String expected() {
    return expected;
  }
}
