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
  /** Texts held as tokens at once: enough work between two waits, little memory. */
  private static final int GROUP = 8 * WINDOW;

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
  public void embed(List<String> texts, float[] target, IntConsumer embedded) {
    if (closed.get()) {
      throw new IllegalStateException("Model %s is closed.".formatted(name()));
    }
    long values = (long) texts.size() * dimensions();
    if (target.length < values) {
      throw new IllegalArgumentException(
          "The target (%d values) must hold %d texts x %d dimensions."
              .formatted(target.length, texts.size(), dimensions()));
    }
    for (int first = 0; first < texts.size(); first += GROUP) {
      int end = Math.min(texts.size(), first + GROUP);
      embedGroup(texts, first, tokenized(texts, first, end), target, embedded);
    }
  }

  private long[][] tokenized(List<String> texts, int first, int end) {
    long[][] ids = new long[end - first][];
    List<Callable<Void>> tasks = new ArrayList<>();
    int step = 64;
    for (int from = 0; from < ids.length; from += step) {
      int begin = from;
      int stop = Math.min(ids.length, from + step);
      tasks.add(
          () -> {
            for (int i = begin; i < stop; i++) {
              String text = texts.get(first + i);
              Objects.requireNonNull(text, "A text is null: give an empty one instead.");
              ids[i] = tokenizer.of(text);
            }
            return null;
          });
    }
    crew.run(tasks);
    return ids;
  }

  private void embedGroup(
      List<String> texts, int offset, long[][] ids, float[] target, IntConsumer embedded) {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int first = 0; first < ids.length; first += WINDOW) {
      int[] lengths = new int[Math.min(WINDOW, ids.length - first)];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = ids[first + i].length;
      }
      for (int[] batch : batches.of(lengths)) {
        int window = first;
        tasks.add(
            () -> {
              run(batch, window, ids, texts, offset, target);
              Crew.tell(embedded, batch.length);
              return null;
            });
      }
    }
    crew.run(tasks);
  }

  private void run(
      int[] batch, int window, long[][] ids, List<String> texts, int offset, float[] target) {
    long[][] rows = new long[batch.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = ids[window + batch[i]];
    }
    float[] pooled = model.pooled(rows);
    for (int i = 0; i < rows.length; i++) {
      int row = offset + window + batch[i];
      if (!PooledRow.write(pooled, i * model.width(), target, row * dimensions(), identity)) {
        throw new EmbeddingException(
            "Model %s gave a value that is not finite for text %d of this call (%d tokens): \"%s\"."
                .formatted(name(), row, rows[i].length, beginning(texts.get(row))));
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
