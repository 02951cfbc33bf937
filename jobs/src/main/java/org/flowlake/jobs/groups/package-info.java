/**
 * Rows with counters merged by key: in packed rows of one size, which take no object per group and
 * no more memory than a bound.
 */
package org.flowlake.jobs.groups;
