package org.flowlake.jobs.scan;

import java.util.List;

/**
 * Streams by the places where they stand, the lowest first; of equal places in the order in which
 * they were given. A tree of losers: a stream that went on is compared with one other at each level
 * (Knuth, The Art of Computer Programming 3, 5.4.1). Not for several threads.
 */
final class LowestFirst {
  /** Null where a stream has ended. */
  private final SortedStream[] streams;

  /** Which stream is the lowest, then for each inner node the higher one of two that met there. */
  private final int[] tree;

  /** Takes streams that stand at a place each. */
  LowestFirst(List<? extends SortedStream> standing) {
    streams = standing.toArray(SortedStream[]::new);
    tree = new int[Math.max(1, streams.length)];
    if (streams.length > 0) {
      tree[0] = lowestBelow(1);
    }
  }

  /**
   * Inner nodes are numbered from 1, the children of a node are 2n and 2n + 1, leaves come last.
   */
  private int lowestBelow(int node) {
    if (node >= streams.length) {
      return node - streams.length;
    }
    int left = lowestBelow(2 * node);
    int right = lowestBelow(2 * node + 1);
    boolean isLeft = isBefore(left, right);
    tree[node] = isLeft ? right : left;
    return isLeft ? left : right;
  }

  /** The lowest stream; null where all have ended. */
  SortedStream lowest() {
    return streams.length == 0 ? null : streams[tree[0]];
  }

  /** To be called when the lowest stream went on. */
  void lowestWentOn() {
    int lowest = tree[0];
    for (int node = lowest + streams.length >> 1; node > 0; node >>= 1) {
      int other = tree[node];
      if (isBefore(other, lowest)) {
        tree[node] = lowest;
        lowest = other;
      }
    }
    tree[0] = lowest;
  }

  /** To be called when the lowest stream has ended. */
  void lowestEnded() {
    streams[tree[0]] = null;
    lowestWentOn();
  }

  private boolean isBefore(int index, int other) {
    SortedStream stream = streams[index];
    SortedStream compared = streams[other];
    if (stream == null || compared == null) {
      return stream != null;
    }
    int order =
        SortedStream.compare(stream.dstHigh, stream.dstLow, compared.dstHigh, compared.dstLow);
    if (order == 0) {
      order =
          SortedStream.compare(stream.srcHigh, stream.srcLow, compared.srcHigh, compared.srcLow);
    }
    return order < 0 || order == 0 && index < other;
  }
}
