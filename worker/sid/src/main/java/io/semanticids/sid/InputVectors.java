package io.semanticids.sid;

import io.semanticids.catalogue.CatalogueException;
import io.semanticids.catalogue.CatalogueFields;
import io.semanticids.catalogue.CatalogueKind;
import io.semanticids.catalogue.CatalogueShape;
import io.semanticids.catalogue.Catalogues;
import io.semanticids.catalogue.ItemShard;
import io.semanticids.catalogue.MatrixSegment;
import io.semanticids.embed.Gate;
import io.semanticids.embed.TextEmbedder;
import io.semanticids.store.Location;
import io.semanticids.store.MappedFile;
import io.semanticids.store.MissingObjectException;
import io.semanticids.store.Stores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a catalogue's rows, in row order, in bounded memory; equal texts are embedded
 * once.
 */
final class InputVectors {
  /** Rows that are embedded together: as many as a run takes. */
  private static final int ROWS = 2_048;

  /** As many texts as the gate compares: seconds with any model. */
  private static final int GATE_TEXTS = 16;

  private final Stores stores;
  private final Catalogues catalogues;
  private final Location input;
  private final CatalogueFields fields;
  private final CatalogueShape shape;

  /** Takes consecutive rows. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes the next rows.
     *
     * @param shard ids, and which vector is whose: {@code shard.vectors()}
     * @param first the number of the first vector that is new
     * @param fresh the new vectors in order of their numbers: {@code m x dimension}
     * @param count m
     */
    void rows(ItemShard shard, long first, float[] fresh, int count);
  }

  /** Looks at the input without reading it through. */
  InputVectors(Stores stores, Location input, CatalogueFields fields) {
    this.stores = stores;
    this.catalogues = new Catalogues(stores, Caches.folder());
    this.input = input;
    this.fields = fields;
    try {
      this.shape = catalogues.inspect(input, fields);
    } catch (CatalogueException | MissingObjectException e) {
      throw new SidException(ExitCode.INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether there are texts to be embedded. */
  boolean texts() {
    return shape.kind() == CatalogueKind.TEXTS;
  }

  /** The dimension of given vectors; 0 for texts. */
  int dimension() {
    return shape.dimension();
  }

  /** Texts of the input's beginning: at most so many, all different, spread over all lengths. */
  List<String> sample(int most) {
    Set<String> texts = new LinkedHashSet<>();
    try {
      catalogues.prepare(
          input,
          null,
          fields,
          ROWS,
          shard -> {
            texts.addAll(Arrays.asList(Objects.requireNonNull(shard.texts())));
            throw new Enough();
          },
          rows -> {});
    } catch (Enough e) {
      // The first shard is all that is needed.
    }
    return Gate.spread(List.copyOf(texts), most);
  }

  /** Ends the reading of a catalogue early. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
      super(null, null, false, false);
    }
  }

  /**
   * Reads the input through.
   *
   * @param embedder null where vectors are given; the gate is checked on the first texts
   * @param stage what the progress is called
   * @return how fast the texts were embedded, the gate not counted; null where there were none
   * @throws CatalogueException with all problems of the data; what the sink got is then to be
   *     thrown away
   */
  @Nullable Throughput read(
      @Nullable TextEmbedder embedder, Sink sink, String stage, ProgressDisplay progress) {
    List<Segment> segments = embedder == null ? segments() : List.of();
    long[] next = {0};
    AtomicReference<@Nullable Throughput> speed = new AtomicReference<>();
    catalogues.prepare(
        input,
        null,
        fields,
        ROWS,
        shard -> {
          float[] fresh;
          int count;
          String[] texts = shard.texts();
          if (embedder != null && texts != null) {
            List<String> unseen = new ArrayList<>();
            for (int i = 0; i < shard.rows(); i++) {
              if (shard.vectors()[i] == next[0] + unseen.size()) {
                unseen.add(texts[i]);
              }
            }
            if (next[0] == 0) {
              Gate.check(embedder, Gate.spread(unseen, GATE_TEXTS));
              speed.set(new Throughput(embedder));
            }
            fresh = new float[Math.multiplyExact(unseen.size(), embedder.dimensions())];
            Throughput throughput = Objects.requireNonNull(speed.get());
            embedder.embed(
                unseen,
                fresh,
                done -> {
                  throughput.embedded(done);
                  progress.detail(throughput.tokensPerSecond());
                  progress.progress(stage, throughput.texts(), 0, "texts");
                });
            count = unseen.size();
          } else {
            count = shard.rows();
            fresh = given(shard, segments);
          }
          sink.rows(shard, next[0], fresh, count);
          next[0] += count;
          if (embedder == null) {
            progress.progress(stage, shard.firstRow() + shard.rows(), 0, "rows");
          }
        },
        rows -> {});
    segments.forEach(segment -> segment.file().close());
    progress.finished(stage);
    return speed.get();
  }

  private float[] given(ItemShard shard, List<Segment> segments) {
    float[] embeddings = shard.embeddings();
    if (embeddings != null) {
      return embeddings;
    }
    float[] values = new float[shard.rows() * shape.dimension()];
    float[] row = new float[shape.dimension()];
    for (int i = 0; i < shard.rows(); i++) {
      long number = shard.firstRow() + i;
      for (Segment segment : segments) {
        if (number < segment.first() + segment.matrix().rows()) {
          segment.read(number, row);
          break;
        }
      }
      System.arraycopy(row, 0, values, i * row.length, row.length);
    }
    return values;
  }

  private List<Segment> segments() {
    List<Segment> segments = new ArrayList<>();
    long first = 0;
    for (MatrixSegment matrix : catalogues.segments(input, null)) {
      MappedFile file = MappedFile.open(stores.local(Location.parse(matrix.uri())));
      segments.add(new Segment(file, matrix, first));
      first += matrix.rows();
    }
    return segments;
  }

  /** A matrix that is read where it lies; {@code first} is the number of its first row. */
  private record Segment(MappedFile file, MatrixSegment matrix, long first) {
    void read(long number, float[] target) {
      long index = (number - first) * matrix.dimension();
      int values = matrix.dimension();
      switch (matrix.type()) {
        case "float16" -> file.halfs(matrix.offset() + 2 * index, values, target);
        case "float32" -> file.floats(matrix.offset() + 4 * index, values, target);
        default -> file.doubles(matrix.offset() + 8 * index, values, target);
      }
    }
  }
}
