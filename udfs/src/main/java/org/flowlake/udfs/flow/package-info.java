/** Numbers and codes of a flow, and nfdump's texts for them. No Spark. */
package org.flowlake.udfs.flow;
