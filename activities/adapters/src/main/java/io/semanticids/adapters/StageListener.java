package io.semanticids.adapters;

/** Told in this process of the stages that it works on. Called from any thread; must be quick. */
public interface StageListener {
  /** Nobody listens. */
  StageListener NONE =
      new StageListener() {
        @Override
        public void progress(String stage, long done, long total, String unit) {}

        @Override
        public void finished(String stage) {}
      };

  /**
   * So much of a stage is done here.
   *
   * @param total 0 where it is not known
   * @param unit what is counted: {@code rows} or {@code texts}
   */
  void progress(String stage, long done, long total, String unit);

  /** The stage's manifest is committed. */
  void finished(String stage);
}
