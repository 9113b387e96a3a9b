package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the rows of shards together again and checks that the shards follow each other. */
final class Rows implements ItemSink {
  record Row(
      boolean test,
      String id,
      @Nullable String text,
      @Nullable String group,
      int groupNumber,
      long vector,
      List<Float> embedding) {}

  private final List<Row> rows = new ArrayList<>();
  private final List<Integer> shards = new ArrayList<>();

  @Override
  public void shard(ItemShard shard) {
    assertThat(shard.index()).isEqualTo(shards.size());
    assertThat(shard.firstRow()).isEqualTo(rows.size());
    shards.add(shard.rows());
    for (int i = 0; i < shard.rows(); i++) {
      List<Float> embedding = new ArrayList<>();
      if (shard.embeddings() != null) {
        int dimension = shard.embeddings().length / shard.rows();
        for (int j = 0; j < dimension; j++) {
          embedding.add(shard.embeddings()[i * dimension + j]);
        }
      }
      rows.add(
          new Row(
              shard.test(),
              shard.ids()[i],
              shard.texts() == null ? null : shard.texts()[i],
              shard.groups() == null ? null : shard.groups()[i],
              shard.groupNumbers()[i],
              shard.vectors()[i],
              embedding));
    }
  }

  List<Row> all() {
    return rows;
  }

  /** The numbers of rows of the shards. */
  List<Integer> shards() {
    return shards;
  }

  List<String> ids() {
    return rows.stream().map(Row::id).toList();
  }

  List<String> texts() {
    return rows.stream().map(Row::text).toList();
  }

  List<Long> vectors() {
    return rows.stream().map(Row::vector).toList();
  }

  List<List<Float>> embeddings() {
    return rows.stream().map(Row::embedding).toList();
  }
}
