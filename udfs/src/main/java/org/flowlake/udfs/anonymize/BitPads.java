package org.flowlake.udfs.anonymize;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * The pseudo-random bits of Crypto-PAn (Xu, Fan, Ammar, Moon: Prefix-Preserving IP Address
 * Anonymization, 2002): bit i is the first bit of AES over a block that begins with the first i
 * bits of the address and goes on with the encrypted padding. Not safe for use by two threads.
 */
final class BitPads {
  private static final int BLOCK = 16;
  private static final int MOST_BITS = 64;

  private final Cipher cipher;
  private final byte[] padding;
  private final byte[] input = new byte[MOST_BITS * BLOCK];
  private final byte[] output = new byte[MOST_BITS * BLOCK];

  BitPads(AnonymizationKey key) {
    try {
      cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.cipherKey(), "AES"));
      padding = cipher.doFinal(key.padding());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java platform has AES", e);
    }
  }

  /**
   * Bits from..to of the pad, first one most significant; at most 64.
   *
   * @param address the bytes of the address in the order in which prefixes grow
   * @param overlay whether the padding covers the prefix too and the prefix is one bit longer, both
   *     within the byte in which it ends: nfanon's way with IPv6
   */
  long bits(byte[] address, int from, int to, boolean overlay) {
    int length = 0;
    for (int bit = from; bit < to; bit++) {
      int whole = bit >>> 3;
      int within = bit & 7;
      System.arraycopy(address, 0, input, length, whole);
      System.arraycopy(padding, whole, input, length + whole, BLOCK - whole);
      if (overlay) {
        input[length + whole] |= (byte) (address[whole] & 0xFF << (7 - within));
      } else {
        int kept = 0xFF00 >>> within & 0xFF;
        input[length + whole] = (byte) (address[whole] & kept | padding[whole] & ~kept);
      }
      length += BLOCK;
    }
    try {
      cipher.update(input, 0, length, output, 0);
    } catch (ShortBufferException e) {
      throw new AssertionError("As many bytes come out as go in", e);
    }
    long bits = 0;
    for (int at = 0; at < length; at += BLOCK) {
      bits = bits << 1 | (output[at] & 0x80) >>> 7;
    }
    return bits;
  }
}
