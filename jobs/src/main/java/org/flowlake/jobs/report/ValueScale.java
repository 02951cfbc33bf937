package org.flowlake.jobs.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.flowlake.udfs.flow.IpProtocol;

/** How counts, durations and protocols are written: for people, or plain ({@code -N}). */
public enum ValueScale {
  /** One decimal and M, G or T from a million on (steps of 1000); names of protocols. */
  SCALED {
    @Override
    public String compact(long value) {
      if (value >= TERA) {
        return oneDecimal(value / TERA) + " T";
      } else if (value >= GIGA) {
        return oneDecimal(value / GIGA) + " G";
      } else if (value >= MEGA) {
        return oneDecimal(value / MEGA) + " M";
      }
      return Long.toString(value);
    }

    @Override
    public String duration(long millis) {
      return clock(millis);
    }

    @Override
    public String protocol(int number) {
      return IpProtocol.name(number);
    }
  },
  /** Whole numbers; durations in seconds; numbers of protocols. */
  PLAIN {
    @Override
    public String compact(long value) {
      return Long.toString(value);
    }

    @Override
    public String duration(long millis) {
      return Padding.right(seconds(millis), DURATION_WIDTH);
    }

    @Override
    public String protocol(int number) {
      return Integer.toString(number);
    }
  };

  static final int DURATION_WIDTH = 16;
  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;
  private static final double TERA = 1e12;
  private static final long SECONDS_PER_DAY = 86_400;

  /** A count without padding. */
  public abstract String compact(long value);

  /** A duration, 16 characters or more. */
  public abstract String duration(long millis);

  /** An IP protocol without padding. */
  public abstract String protocol(int number);

  /** Seconds with three decimals. */
  static String seconds(long millis) {
    String fraction = Long.toString(1000 + Math.abs(millis % 1000)).substring(1);
    return millis / 1000 + "." + fraction;
  }

  /** One decimal as C prints it: the exact binary value, half to even. */
  static String oneDecimal(double value) {
    return new BigDecimal(value).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** {@code HH:MM:SS.mmm} after four blanks, or after the days; always 16 characters or more. */
  static String clock(long millis) {
    long seconds = millis / 1000;
    long days = seconds / SECONDS_PER_DAY;
    StringBuilder text = new StringBuilder(DURATION_WIDTH);
    if (days == 0) {
      text.append("    ");
    } else {
      Padding.right(text, Long.toString(days), 2);
      text.append("d ");
    }
    twoDigits(text, seconds / 3600 % 24).append(':');
    twoDigits(text, seconds / 60 % 60).append(':');
    twoDigits(text, seconds % 60).append('.');
    return text.append(1000 + millis % 1000).deleteCharAt(text.length() - 4).toString();
  }

  private static StringBuilder twoDigits(StringBuilder text, long value) {
    return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }
}
