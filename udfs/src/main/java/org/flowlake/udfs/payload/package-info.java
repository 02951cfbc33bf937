/**
 * What the first bytes of a connection tell: TLS hellos with their fingerprints, DNS messages. Pure
 * Java. The bytes are a stranger's: every parser is bounded by them and answers "absent" to what it
 * does not understand.
 */
package org.flowlake.udfs.payload;
