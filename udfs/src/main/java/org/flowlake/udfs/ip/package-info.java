/** IP addresses in the 16-byte form of the flow table, networks, and sets of networks. No Spark. */
package org.flowlake.udfs.ip;
