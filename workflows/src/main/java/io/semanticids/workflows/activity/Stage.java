package io.semanticids.workflows.activity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stage computes: its own settings and the artifacts it reads. Paths, roots and the cut into
 * shards are not in it, so they enter no fingerprint.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "stage")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Stage.Prepare.class, name = "prepare"),
  @JsonSubTypes.Type(value = Stage.Embed.class, name = "embed"),
  @JsonSubTypes.Type(value = Stage.Fit.class, name = "fit"),
  @JsonSubTypes.Type(value = Stage.Encode.class, name = "encode"),
  @JsonSubTypes.Type(value = Stage.FitLevel.class, name = "fit-level"),
  @JsonSubTypes.Type(value = Stage.SoftLoads.class, name = "soft-loads"),
  @JsonSubTypes.Type(value = Stage.Repair.class, name = "repair"),
  @JsonSubTypes.Type(value = Stage.Assign.class, name = "assign"),
  @JsonSubTypes.Type(value = Stage.Shuffle.class, name = "shuffle"),
  @JsonSubTypes.Type(value = Stage.Group.class, name = "group"),
  @JsonSubTypes.Type(value = Stage.Scatter.class, name = "scatter"),
  @JsonSubTypes.Type(value = Stage.Evaluate.class, name = "evaluate"),
  @JsonSubTypes.Type(value = Stage.Publish.class, name = "publish"),
})
public sealed interface Stage {
  /** The folder below {@code artifacts/}, and what people see. */
  @JsonIgnore
  String name();

  /**
   * Reads the catalogue in one pass: rows numbered, validated, equal texts found.
   *
   * @param dataset SHA-256 of the training catalogue's content
   * @param test the same of the test catalogue, null without one
   * @param columns which fields are read
   * @param normalize whether given vectors are brought to length 1, which all stages then see; left
   *     out of the JSON where false. A model's embeddings follow {@link EmbeddingModel} instead
   */
  record Prepare(
      String dataset,
      @Nullable String test,
      Columns columns,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean normalize)
      implements Stage {
    @Override
    public String name() {
      return "prepare";
    }
  }

  /** Embeds the distinct texts of {@code items}. */
  record Embed(Artifact items, EmbeddingModel model) implements Stage {
    @Override
    public String name() {
      return "embed";
    }
  }

  /**
   * Fits the unbalanced codebook of one level on the sample.
   *
   * @param items the prepared catalogue
   * @param vectors the embedded texts, or {@code items} again where vectors were given
   * @param previous the fits of the levels before it
   * @param level from 1
   */
  record Fit(
      Artifact items, Artifact vectors, List<Artifact> previous, int level, int size, long seed)
      implements Stage {
    public Fit {
      previous = List.copyOf(previous);
    }

    @Override
    public String name() {
      return "fit";
    }
  }

  /** Plain nearest-codeword paths of all rows ("before"). */
  record Encode(Artifact items, Artifact vectors, List<Artifact> fits, int beam) implements Stage {
    public Encode {
      fits = List.copyOf(fits);
    }

    @Override
    public String name() {
      return "encode";
    }
  }

  /**
   * Fits one level of the "after" codes on the sample's residuals: what the levels before it left.
   *
   * @param fit the unbalanced fit whose centroids are kept ({@code refit: false}); null: fitted
   *     anew
   * @param balance null: the level is not balanced
   */
  record FitLevel(
      Artifact items,
      Artifact vectors,
      List<Level> previous,
      int level,
      int size,
      @Nullable Artifact fit,
      @Nullable BalanceSettings balance,
      long seed)
      implements Stage {
    public FitLevel {
      previous = List.copyOf(previous);
    }

    @Override
    public String name() {
      return "fit-level";
    }
  }

  /** One streamed Newton step on the potentials: soft loads of all training rows. */
  record SoftLoads(
      Artifact items, Artifact vectors, List<Level> previous, Artifact codewords, int pass)
      implements Stage {
    public SoftLoads {
      previous = List.copyOf(previous);
    }

    @Override
    public String name() {
      return "soft-loads";
    }
  }

  /**
   * Collects the cheapest moves of every pair of codes and repairs the loads exactly.
   *
   * @param attempt from 1; each keeps more moves than the one before
   * @param failed the attempt before this one, whose lists were too short; null at the first
   */
  record Repair(
      Artifact items,
      Artifact vectors,
      List<Level> previous,
      Artifact codewords,
      int attempt,
      @Nullable Artifact failed)
      implements Stage {
    public Repair {
      previous = List.copyOf(previous);
    }

    @Override
    public String name() {
      return "repair";
    }
  }

  /**
   * Every row's code at one level.
   *
   * @param repair whose moves are applied to training rows and whose potentials rule test rows;
   *     null: plain nearest codeword
   */
  record Assign(
      Artifact items,
      Artifact vectors,
      List<Level> previous,
      Artifact codewords,
      @Nullable Artifact repair)
      implements Stage {
    public Assign {
      previous = List.copyOf(previous);
    }

    @Override
    public String name() {
      return "assign";
    }
  }

  /**
   * Training rows sorted by prefix: scratch that the units of {@code group} make together when they
   * need it, and that {@code scatter} deletes.
   */
  record Shuffle(Artifact items, Artifact vectors, List<Level> previous) implements Stage {
    public Shuffle {
      previous = List.copyOf(previous);
    }

    @Override
    public String name() {
      return "shuffle";
    }
  }

  /**
   * Balances one level inside each prefix. Units are ranges of prefixes.
   *
   * @param codewords centroids of the level
   * @param round from 1; each later one starts from centroids updated on the assignment before
   * @param last the assignment counts; else only the centroids of the next round are made of it,
   *     and loads may be nearly even
   */
  record Group(
      Artifact items,
      Artifact vectors,
      List<Level> previous,
      Artifact codewords,
      BalanceSettings balance,
      int round,
      boolean last)
      implements Stage {
    public Group {
      previous = List.copyOf(previous);
    }

    @Override
    public String name() {
      return "group";
    }
  }

  /** Brings the codes that {@code group} found back into row order. */
  record Scatter(Artifact items, Artifact vectors, List<Level> previous, Artifact group)
      implements Stage {
    public Scatter {
      previous = List.copyOf(previous);
    }

    @Override
    public String name() {
      return "scatter";
    }
  }

  /** The figures of report.json. {@code after} is empty where no level is balanced. */
  record Evaluate(
      Artifact items,
      Artifact vectors,
      List<Artifact> fits,
      Artifact before,
      List<Level> after,
      List<Integer> sizes,
      long seed)
      implements Stage {
    public Evaluate {
      fits = List.copyOf(fits);
      after = List.copyOf(after);
      sizes = List.copyOf(sizes);
    }

    @Override
    public String name() {
      return "evaluate";
    }
  }

  /**
   * Writes what a run leaves behind.
   *
   * @param run names the folder {@code <output>/runs/<run>/}
   * @param request the effective request, as canonical JSON
   */
  record Publish(
      String run,
      String request,
      Artifact items,
      Artifact vectors,
      List<Artifact> fits,
      Artifact before,
      List<Level> after,
      Artifact report)
      implements Stage {
    public Publish {
      fits = List.copyOf(fits);
      after = List.copyOf(after);
    }

    @Override
    public String name() {
      return "publish";
    }
  }
}
