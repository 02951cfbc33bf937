/** What collectors delivered, and what is missing, from a lake's ledger. */
package org.flowlake.jobs.sources;
