package org.flowlake.udfs.payload;

/** The bytes are not what they were taken for. Never leaves this package. */
final class MalformedPayloadException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Without a stack trace: most payloads are not what is looked for. */
  MalformedPayloadException(String message) {
    super(message, null, false, false);
  }
}
