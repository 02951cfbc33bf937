/**
 * The resident session: a server in a JVM that stays, and the small client that the launcher asks
 * it with. The client runs from a jar of its own, so nothing here but {@code SessionServer} may
 * know more than the JDK.
 */
package org.flowlake.jobs.cli.session;
