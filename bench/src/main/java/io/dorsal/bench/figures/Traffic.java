package io.dorsal.bench.figures;

/** What a store answered so far. */
public interface Traffic {

  /** No store has a part in it. */
  Traffic NONE =
      new Traffic() {
        @Override
        public long requests() {
          return 0;
        }

        @Override
        public long bytes() {
          return 0;
        }
      };

  /** Requests answered so far. */
  long requests();

  /** Bytes of bodies sent so far; always 0 where nobody counts them. */
  long bytes();
}
