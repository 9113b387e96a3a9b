package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.evaluate.DistinctVectors;
import io.semanticids.evaluate.ErrorSums;
import io.semanticids.evaluate.Report;
import io.semanticids.evaluate.SpreadSum;
import io.semanticids.store.PartContent;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Stage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of report.json: sums over training rows a unit, then everything that needs all codes
 * at once.
 */
final class EvaluateExecutor implements StageExecutor<Stage.Evaluate> {
  @Override
  public int version() {
    return 5;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public int units(StageScope scope, Stage.Evaluate stage) {
    return Units.reduced(scope.items(stage.items()));
  }

  @Override
  public long rows(StageScope scope, Stage.Evaluate stage) {
    return scope.items(stage.items()).trainRows();
  }

  /** What one unit sums over its rows; exact, so units merge in any order. */
  record Sums(ErrorSums before, ErrorSums after, SpreadSum spread, DistinctVectors distinct) {
    void write(DataOutput out) throws IOException {
      before.write(out);
      after.write(out);
      spread.write(out);
      distinct.write(out);
    }

    static Sums read(DataInput in) throws IOException {
      return new Sums(
          ErrorSums.read(in), ErrorSums.read(in), SpreadSum.read(in), DistinctVectors.read(in));
    }

    void merge(Sums other) {
      before.merge(other.before);
      after.merge(other.after);
      spread.merge(other.spread);
      distinct.merge(other.distinct);
    }
  }

  @Override
  public void compute(StageScope scope, Stage.Evaluate stage, int unit, Progress progress) {
    StoredVectors vectors = scope.vectors(stage.items(), stage.vectors());
    Units.RowRange range = Units.rows(scope.items(stage.items()), unit);
    List<Codewords> before =
        stage.fits().stream().map(fit -> LevelFiles.level(scope, fit).codewords()).toList();
    List<Codewords> after = LevelFiles.codewords(scope, stage.after());
    StoredCodes codesBefore =
        StoredCodes.before(scope, stage.items(), stage.before(), before.size());
    StoredCodes codesAfter = StoredCodes.of(scope, stage.items(), stage.after());
    int dimension = vectors.dimension();
    float[] shift = new float[dimension];
    vectors.read(0, 1, shift);
    Sums sums =
        new Sums(
            new ErrorSums(before.size()),
            new ErrorSums(after.size()),
            new SpreadSum(shift),
            new DistinctVectors(range.count()));
    float[] block = new float[Arithmetic.BLOCK * dimension];
    for (long first = range.first(); first < range.first() + range.count(); ) {
      int count = (int) Math.min(Arithmetic.BLOCK, range.first() + range.count() - first);
      vectors.read(first, count, block);
      sums.spread().add(block, count);
      sums.distinct().add(block, count, dimension);
      sums.before().add(block, count, codes(codesBefore, before.size(), first, count), 0, before);
      if (!after.isEmpty()) {
        sums.after().add(block, count, codes(codesAfter, after.size(), first, count), 0, after);
      }
      first += count;
      progress.advanced(count);
    }
    LevelFiles.commit(scope, unit, sums::write);
  }

  private static int[][] codes(StoredCodes codes, int levels, long first, int count) {
    int[][] read = new int[levels][count];
    for (int level = 0; level < levels; level++) {
      codes.read(first, count, level, read[level]);
    }
    return read;
  }

  /** All codes of one split, {@code level x row}. */
  static int[][] all(StageScope scope, Items items, StoredCodes codes, int levels, boolean test) {
    long from = test ? items.trainRows() : 0;
    int rows = Math.toIntExact(test ? items.testRows() : items.trainRows());
    int[][] all = new int[levels][rows];
    for (ItemShardInfo shard : items.shards()) {
      if (shard.test() == test) {
        int[][] read = codes(codes, levels, shard.firstRow(), shard.rows());
        for (int level = 0; level < levels; level++) {
          System.arraycopy(
              read[level], 0, all[level], (int) (shard.firstRow() - from), shard.rows());
        }
      }
    }
    return all;
  }

  @Override
  public boolean scratch() {
    return true;
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Evaluate stage, Progress progress) {
    int units = units(scope, stage);
    Sums sums = LevelFiles.read(scope, scope.artifact(), 0, Sums::read);
    for (int unit = 1; unit < units; unit++) {
      sums.merge(LevelFiles.read(scope, scope.artifact(), unit, Sums::read));
      progress.advanced(0);
    }
    Report report = new ReportFigures(scope, stage, sums, progress).report();
    scope.commit(
        units,
        "json",
        file -> {
          Files.writeString(file, Json.canonical(report));
          return new PartContent(0, Json.object());
        });
    Items items = scope.items(stage.items());
    ObjectNode facts = Json.object();
    facts.put("reportPart", units);
    List<String> warnings =
        new ArrayList<>(
            DataWarnings.of(
                items.trainRows(), sums.distinct().count(), items.givenVectors(), stage.sizes()));
    warnings.addAll(DataWarnings.ofCosts(report.levels()));
    warnings.addAll(DataWarnings.of(report.paths()));
    facts.set("warnings", Json.tree(warnings));
    return facts;
  }
}
