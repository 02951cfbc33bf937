package org.flowlake.jobs.sources;

import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * What an exporter delivered on a day.
 *
 * @param day UTC, by the time at which files were begun
 * @param collector its ident, or its folder where it has none
 * @param exporter its address, with its id where it has one; "-" where none was recorded
 * @param files of the collector that are there
 * @param missing files of the collector that are not
 * @param packets export packets; empty where the collector did not count them
 * @param sampling such as {@code 1:100}; "none" where the collector learnt of none, "unknown" where
 *     the ledger is of an older version
 * @param share how much came, as {@link Completeness} has it, 0 to 1
 */
public record ExporterDay(
    LocalDate day,
    String collector,
    String exporter,
    long files,
    long missing,
    long flows,
    OptionalLong packets,
    long sequenceFailures,
    String sampling,
    double share) {}
