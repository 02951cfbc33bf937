package org.flowlake.converters.lake;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;

/**
 * A table for one of several rewrites that are at work at once: they prepare beside each other, and
 * commit one after another. Iceberg would let all try at once and those that lose try again, which
 * it gives up after a few times.
 */
final class RewritesInTurn extends BaseTable {
  private static final long serialVersionUID = 1L;
  private static final String COMMIT = "commit";

  /** Executors get Iceberg's own copy of a table, without it. */
  private final transient Object turn;

  /**
   * One of the rewrites' tables.
   *
   * @param table loaded for this rewrite alone
   * @param turn the same for all of them
   */
  RewritesInTurn(Table table, Object turn) {
    super(((HasTableOperations) table).operations(), table.name());
    this.turn = turn;
  }

  @Override
  public RewriteFiles newRewrite() {
    RewriteFiles rewrite = super.newRewrite();
    return (RewriteFiles)
        Proxy.newProxyInstance(
            RewritesInTurn.class.getClassLoader(),
            new Class<?>[] {RewriteFiles.class},
            (proxy, method, arguments) -> {
              Object result =
                  method.getName().equals(COMMIT)
                      ? commit(rewrite, method)
                      : invoke(rewrite, method, arguments);
              // Each step returns the rewrite itself, to go on with.
              return result == rewrite ? proxy : result;
            });
  }

  private Object commit(RewriteFiles rewrite, Method method) throws Throwable {
    synchronized (turn) {
      return invoke(rewrite, method);
    }
  }

  private static Object invoke(RewriteFiles rewrite, Method method, Object... arguments)
      throws Throwable {
    try {
      return method.invoke(rewrite, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
