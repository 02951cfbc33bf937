package org.flowlake.udfs.anonymize;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of an anonymisation: 16 bytes of AES key and 16 bytes of padding. Its text never shows
 * in {@link #toString()} or in an exception.
 */
public final class AnonymizationKey implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int BYTES = 32;
  private static final int HALF = 16;
  private static final String HEX_PREFIX = "0x";
  private static final int FINGERPRINT_BYTES = 8;
  private static final String FINGERPRINT_OF = "flowlake anonymisation key";

  private final byte[] secret;

  private AnonymizationKey(byte[] secret) {
    this.secret = secret;
  }

  /**
   * Reads nfanon's forms of a key: 32 characters as they are, or 64 hexadecimal digits, with or
   * without {@code 0x} before them. One line end after it is left out.
   *
   * @throws IllegalArgumentException if the text is neither; the message does not quote it
   */
  public static AnonymizationKey parse(String text) {
    String line = text.strip().length() == BYTES ? text.strip() : text.stripTrailing();
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == BYTES) {
      return new AnonymizationKey(bytes);
    }
    String digits =
        line.toLowerCase(Locale.ROOT).startsWith(HEX_PREFIX)
            ? line.substring(HEX_PREFIX.length())
            : line;
    if (digits.length() == 2 * BYTES && digits.chars().allMatch(HexFormat::isHexDigit)) {
      return new AnonymizationKey(HexFormat.of().parseHex(digits));
    }
    throw new IllegalArgumentException(
        "the key has "
            + bytes.length
            + " bytes; expected 32 characters, or 0x and 64 hexadecimal digits, as nfanon -K takes");
  }

  /** The AES key; a copy. */
  byte[] cipherKey() {
    return Arrays.copyOf(secret, HALF);
  }

  /** What is encrypted to become the padding; a copy. */
  byte[] padding() {
    return Arrays.copyOfRange(secret, HALF, BYTES);
  }

  /**
   * 16 hexadecimal digits that tell keys apart and do not give the key away: the start of an HMAC
   * (RFC 2104) of a fixed text under it.
   */
  public String fingerprint() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] whole = mac.doFinal(FINGERPRINT_OF.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(whole, 0, FINGERPRINT_BYTES);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "key " + fingerprint();
  }
}
