package org.flowlake.jobs.question;

/**
 * A question that cannot be asked: an unknown statistic, order, key or format token. The message
 * names what was given and what is known.
 */
public class QuestionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public QuestionException(String message) {
    super(message);
  }
}
