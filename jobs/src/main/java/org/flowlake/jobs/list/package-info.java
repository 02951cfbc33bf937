/** Lists of flows, in file order or sorted, and time windows. */
package org.flowlake.jobs.list;
