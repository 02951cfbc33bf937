package org.flowlake.jobs.groups;

/** Asks for the memory that groups take, before it is taken. */
public interface GroupMemory {
  /** Whether so many bytes more may be taken. */
  boolean acquire(long bytes);

  /** Gives bytes back. */
  void release(long bytes);

  /** At most so many bytes in all. */
  static GroupMemory upTo(long most) {
    return new GroupMemory() {
      private long used;

      @Override
      public boolean acquire(long bytes) {
        if (used + bytes > most) {
          return false;
        }
        used += bytes;
        return true;
      }

      @Override
      public void release(long bytes) {
        used -= bytes;
      }
    };
  }
}
