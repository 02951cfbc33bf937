/**
 * Answers as tables with names and types that stay as they are: what scheduled jobs write to files.
 */
package org.flowlake.jobs.result;
