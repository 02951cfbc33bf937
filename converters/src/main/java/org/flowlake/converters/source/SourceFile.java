package org.flowlake.converters.source;

import java.io.Serializable;

/**
 * One raw file that a task reads.
 *
 * @param sourceId the value of source_id in its flows: its id in the lake's table of sources, or
 *     its place in the listing, from 1, where it is read without a lake
 * @param flows how many flows it holds; 0 where nobody has counted
 * @param firstSeenMillis earliest first seen of its flows, milliseconds since 1970-01-01 UTC; 0
 *     where nobody has looked, or no flow has a time
 */
public record SourceFile(int sourceId, long flows, long firstSeenMillis, FlowFileEntry file)
    implements Serializable {}
