package org.flowlake.jobs;

/**
 * How often tests draw at random. The suite draws as often as has found the faults that there were;
 * {@code -Dflowlake.draws=10} draws ten times as often, for a proof of an hour.
 */
public final class Draws {
  private static final int TIMES = Integer.getInteger("flowlake.draws", 1);

  private Draws() {}

  /**
   * @param usual how many of them the suite takes
   */
  public static int of(int usual) {
    return usual * TIMES;
  }
}
