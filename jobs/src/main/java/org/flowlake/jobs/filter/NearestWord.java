package org.flowlake.jobs.filter;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The "did you mean" of error messages. */
public final class NearestWord {
  private static final int LONGEST_COMPARED = 40;

  private NearestWord() {}

  /** The candidate with the fewest edits to {@code word}, if about a third of it fits at least. */
  static Optional<String> of(String word, Collection<String> candidates) {
    if (word.isEmpty() || word.length() > LONGEST_COMPARED) {
      return Optional.empty();
    }
    String typed = word.toLowerCase(Locale.ROOT);
    String nearest = null;
    int best = 2 * (Math.max(1, typed.length() / 3) + 1);
    for (String candidate : candidates) {
      String lower = candidate.toLowerCase(Locale.ROOT);
      int edits = distance(typed, lower);
      // Of two words equally near, the one that the typed word begins is more likely meant.
      int score = 2 * edits - (lower.startsWith(typed) ? 1 : 0);
      if (score < best && edits < candidate.length()) {
        best = score;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** {@code "; did you mean 'x'?"} or nothing. */
  public static String hint(String word, Collection<String> candidates) {
    return of(word, candidates).map(nearest -> "; did you mean '" + nearest + "'?").orElse("");
  }

  /** Edits (insert, delete, replace, swap neighbours) between two words. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
