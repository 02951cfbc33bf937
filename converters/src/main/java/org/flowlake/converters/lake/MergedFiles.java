package org.flowlake.converters.lake;

/**
 * Files that were put together.
 *
 * @param before how many there were
 * @param after how many took their place
 */
record MergedFiles(int before, int after) {
  /** There was nothing to do. */
  static final MergedFiles NONE = new MergedFiles(0, 0);

  MergedFiles plus(MergedFiles more) {
    return new MergedFiles(before + more.before, after + more.after);
  }
}
