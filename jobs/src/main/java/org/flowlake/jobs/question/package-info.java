/** What all questions share: sums of flows, what they are ranked by, spans of time. No Spark. */
package org.flowlake.jobs.question;
