package org.flowlake.jobs.filter;

/** How a filter term compares a number of the flow with the number in the text. */
public enum Comparison {
  EQUAL("="),
  NOT_EQUAL("<>"),
  GREATER(">"),
  AT_LEAST(">="),
  LESS("<"),
  AT_MOST("<=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  /** As SQL writes it; all but {@link #NOT_EQUAL} are also the filter language's own signs. */
  public String symbol() {
    return symbol;
  }

  /** The comparison that holds exactly where this one does not. */
  public Comparison negated() {
    return switch (this) {
      case EQUAL -> NOT_EQUAL;
      case NOT_EQUAL -> EQUAL;
      case GREATER -> AT_MOST;
      case AT_LEAST -> LESS;
      case LESS -> AT_LEAST;
      case AT_MOST -> GREATER;
    };
  }

  /** Whether {@code left} compares so with {@code right}. */
  public boolean holds(long left, long right) {
    return switch (this) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case GREATER -> left > right;
      case AT_LEAST -> left >= right;
      case LESS -> left < right;
      case AT_MOST -> left <= right;
    };
  }
}
