package org.flowlake.converters.source;

/**
 * Names of the read options of the raw flow sources; values are checked in {@link FlowReadConf}.
 */
public final class FlowReadOptions {
  /** What to do on damage: {@code fail} (default) or {@code skip}. */
  public static final String DAMAGE = "damage";

  /**
   * {@code true}: leave out files whose name (nfcapd.YYYYMMDDhhmm) lies more than two days outside
   * the asked time window, without opening them. {@code false} (default): the statistics record of
   * every file decides, as nfdump does it, which is right for exporters with wrong clocks too.
   */
  public static final String TRUST_FILE_NAMES = "trust-file-names";

  /** Bytes of raw files that one task reads at the most; a larger file is still one task. */
  public static final String TASK_BYTES = "task-bytes";

  private FlowReadOptions() {}
}
