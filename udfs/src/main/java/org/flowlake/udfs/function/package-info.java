/** SQL functions over the columns of the flow table, native to Spark. */
package org.flowlake.udfs.function;
