package org.flowlake.jobs.filter;

/** How a text that a flow has is compared with a given one. */
enum TextTest {
  /** There is a text, whatever it is. */
  EXISTS,
  EQUALS,
  CONTAINS;

  boolean holds(String found, String asked) {
    return switch (this) {
      case EXISTS -> true;
      case EQUALS -> found.equals(asked);
      case CONTAINS -> found.contains(asked);
    };
  }
}
