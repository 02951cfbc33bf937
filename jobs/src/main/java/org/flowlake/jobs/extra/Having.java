package org.flowlake.jobs.extra;

import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Column;

/**
 * A test on groups of flows: comparisons of their figures with numbers, joined by {@code and},
 * {@code or}, {@code not} and parentheses. A figure that a group does not have passes no
 * comparison.
 */
public sealed interface Having {
  /** The test on the rows of groups. */
  Column condition();

  /** How a figure is compared. */
  enum Operator {
    GREATER(">"),
    AT_LEAST(">="),
    LESS("<"),
    AT_MOST("<="),
    EQUAL("="),
    UNEQUAL("!=");

    final String text;

    Operator(String text) {
      this.text = text;
    }
  }

  /**
   * One comparison.
   *
   * @param figure the column
   */
  record Comparison(Column figure, Operator operator, long number) implements Having {
    @Override
    public Column condition() {
      Column value = lit(number);
      return switch (operator) {
        case GREATER -> figure.gt(value);
        case AT_LEAST -> figure.geq(value);
        case LESS -> figure.lt(value);
        case AT_MOST -> figure.leq(value);
        case EQUAL -> figure.equalTo(value);
        case UNEQUAL -> figure.notEqual(value);
      };
    }
  }

  /** All of the tests. */
  record All(List<Having> tests) implements Having {
    @Override
    public Column condition() {
      return tests.stream().map(Having::condition).reduce(Column::and).orElseThrow();
    }
  }

  /** Any of the tests. */
  record Any(List<Having> tests) implements Having {
    @Override
    public Column condition() {
      return tests.stream().map(Having::condition).reduce(Column::or).orElseThrow();
    }
  }

  /** Not the test. */
  record Not(Having test) implements Having {
    @Override
    public Column condition() {
      return org.apache.spark.sql.functions.not(test.condition());
    }
  }
}
