/** Questions that rollups answer in the place of flows. */
package org.flowlake.jobs.rollup;
