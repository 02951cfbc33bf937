/**
 * Groups of flows whose keys hold the destination address, made without a shuffle from files that
 * are sorted by it.
 */
package org.flowlake.jobs.scan;
