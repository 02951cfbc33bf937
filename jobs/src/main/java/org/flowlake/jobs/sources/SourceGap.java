package org.flowlake.jobs.sources;

import java.time.Instant;

/**
 * A time of which a collector's files are missing.
 *
 * @param from when the first of them would have been begun
 * @param end when the next one that is there was begun, or would have been
 * @param files how many are missing
 */
public record SourceGap(String collector, Instant from, Instant end, long files) {}
