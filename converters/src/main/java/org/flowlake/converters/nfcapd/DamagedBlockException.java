package org.flowlake.converters.nfcapd;

/**
 * Bytes that a block's format does not allow, found by code that does not know where in which file
 * the block lies. Never leaves this package: the reader adds the place, or counts the loss.
 */
final class DamagedBlockException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedBlockException(String reason) {
    super(reason);
  }

  DamagedBlockException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
