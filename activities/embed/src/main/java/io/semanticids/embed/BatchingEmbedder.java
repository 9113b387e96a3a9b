package io.semanticids.embed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

/**
 * Runs a {@link SentenceModel} over any number of texts: windows of 512, batches inside each,
 * batches side by side on several threads.
 *
 * <p>A batch's content depends on its window alone, and each batch is computed by one thread alone,
 * so neither the number of threads nor their order can show in a result.
 */
final class BatchingEmbedder implements TextEmbedder {
  private final ModelIdentity identity;
  private final TextTokens tokenizer;
  private final ShrinkingBatches model;
  private final TokenBatches batches;
  private final Crew crew;
  private final LongAdder computed = new LongAdder();
  private final AtomicBoolean closed = new AtomicBoolean();

  BatchingEmbedder(
      ModelIdentity identity,
      TextTokens tokenizer,
      SentenceModel model,
      TokenBatches batches,
      int threads) {
    this.identity = identity;
    this.tokenizer = tokenizer;
    this.model = new ShrinkingBatches(model);
    this.batches = batches;
    this.crew = new Crew("embed", threads);
  }

  @Override
  public String name() {
    return identity.model();
  }

  @Override
  public int dimensions() {
    return identity.dimensions();
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public long tokens() {
    return computed.sum();
  }

  @Override
  public long halvings() {
    return model.halvings();
  }

  @Override
  public int mostTokens() {
    return model.most();
  }

  @Override
  public void embedWindows(List<List<String>> windows, float[] target, IntConsumer embedded) {
    if (closed.get()) {
      throw new IllegalStateException("Model %s is closed.".formatted(name()));
    }
    int[] firstRows = new int[windows.size()];
    int texts = 0;
    for (int i = 0; i < firstRows.length; i++) {
      firstRows[i] = texts;
      texts = Math.addExact(texts, windows.get(i).size());
    }
    if (target.length < (long) texts * dimensions()) {
      throw new IllegalArgumentException(
          "The target (%d values) must hold %d texts x %d dimensions."
              .formatted(target.length, texts, dimensions()));
    }
    crew.run(
        new WindowTasks(
            firstRows.length,
            crew.threads(),
            i -> batches(windows.get(i), firstRows[i], target, embedded)));
  }

  /** Makes tokens of a window's texts and tasks of its batches. */
  private List<Callable<Void>> batches(
      List<String> texts, int firstRow, float[] target, IntConsumer embedded) {
    long[][] ids = new long[texts.size()][];
    int[] padded = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] =
          tokenizer.of(
              Objects.requireNonNull(texts.get(i), "A text is null: give an empty one instead."));
      padded[i] = model.padded(ids[i].length);
    }
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int[] batch : batches.of(padded)) {
      tasks.add(
          () -> {
            run(batch, ids, texts, firstRow, target);
            Crew.tell(embedded, batch.length);
            return null;
          });
    }
    return tasks;
  }

  private void run(int[] batch, long[][] ids, List<String> texts, int firstRow, float[] target) {
    long[][] rows = new long[batch.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = ids[batch[i]];
    }
    float[] pooled = model.pooled(rows);
    for (int i = 0; i < rows.length; i++) {
      int row = firstRow + batch[i];
      if (!PooledRow.write(pooled, i * model.width(), target, row * dimensions(), identity)) {
        throw new EmbeddingException(
            "Model %s gave a value that is not finite for text %d of this call (%d tokens): \"%s\"."
                .formatted(name(), row, rows[i].length, beginning(texts.get(batch[i]))));
      }
    }
    computed.add(Arrays.stream(rows).mapToLong(row -> row.length).sum());
  }

  private static String beginning(String text) {
    int end = text.offsetByCodePoints(0, Math.min(60, text.codePointCount(0, text.length())));
    return end == text.length() ? text : text.substring(0, end) + "…";
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      crew.close();
      model.close();
      tokenizer.close();
    }
  }
}
