/** Statistics of elements ({@code -s}): what is grouped, by what it is ranked, and the job. */
package org.flowlake.jobs.stat;
