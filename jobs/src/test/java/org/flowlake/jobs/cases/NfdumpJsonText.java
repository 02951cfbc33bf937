package org.flowlake.jobs.cases;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The array of objects that {@code -o json} prints, as text, without what is no JSON in nfdump's
 * and what a flow has no column for.
 */
final class NfdumpJsonText {
  /** The version of TLS stands without quotes. */
  private static final Pattern BARE_TLS = Pattern.compile("_tls\" : ((?:TLS|SSL|0x)[^,\n]*)");

  /** Bytes of nfdump's stack follow. */
  private static final Pattern UNENDED_FRAGMENT =
      Pattern.compile("(\"ip_fragment\" : \"(?:DF|--)MF)[^\n]*,\n");

  /** A record may carry a next hop of each family; a flow has one, the IPv4 one if there is one. */
  private static final Pattern SECOND_NEXT_HOP =
      Pattern.compile("(\"(bgp|ip)4_next_hop\" : [^\n]*,\n)  \"\\2" + "6_next_hop\" : [^\n]*,\n");

  private static final Pattern MAPPED_NEXT_HOP =
      Pattern.compile("\"(bgp|ip)6_next_hop\" : \"::ffff:([0-9.]+)\"");

  private static final Pattern COUNT = Pattern.compile("  \"cnt\" : \\d+,\n");

  private NfdumpJsonText() {}

  /** nfdump's text as it should be here. */
  static String valid(String text) {
    String quoted = BARE_TLS.matcher(text).replaceAll("_tls\" : \"$1\"");
    String ended = UNENDED_FRAGMENT.matcher(quoted).replaceAll("$1\",\n");
    String one = SECOND_NEXT_HOP.matcher(ended).replaceAll("$1");
    return MAPPED_NEXT_HOP.matcher(one).replaceAll("\"$1" + "4_next_hop\" : \"$2\"");
  }

  static List<String> validObjects(String text) {
    return objects(valid(text));
  }

  /** The objects without their numbers. */
  static List<String> objects(String text) {
    String list = text.substring(text.indexOf('[') + 1, text.lastIndexOf(']'));
    return Arrays.stream(list.split("\n },?\n"))
        .map(object -> COUNT.matcher(object).replaceFirst(""))
        .map(String::strip)
        .filter(object -> !object.isEmpty() && !object.equals("No matching flows"))
        .toList();
  }
}
