package org.flowlake.converters.source;

import java.io.Serializable;

/**
 * A raw file as a listing shows it.
 *
 * @param path absolute, with scheme
 * @param bytes its size
 * @param modifiedMillis its time of modification, milliseconds since 1970-01-01 UTC
 */
public record FlowFileEntry(String path, long bytes, long modifiedMillis) implements Serializable {}
