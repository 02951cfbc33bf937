/** The command line: nfdump's options on top, tasks of a lake as subcommands. */
package org.flowlake.jobs.cli;
