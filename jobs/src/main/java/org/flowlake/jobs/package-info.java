/** nfdump's questions over flows: {@link org.flowlake.jobs.FlowQuery} is the way in. */
package org.flowlake.jobs;
