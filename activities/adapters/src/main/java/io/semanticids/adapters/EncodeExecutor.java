package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.quantize.BeamCodes;
import io.semanticids.quantize.NearestCodes;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Stage;
import java.util.List;

/** The plain paths of all rows: the nearest codeword at each level, or those of a beam search. */
final class EncodeExecutor implements StageExecutor<Stage.Encode> {
  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public int units(StageScope scope, Stage.Encode stage) {
    return scope.items(stage.items()).shards().size();
  }

  @Override
  public long rows(StageScope scope, Stage.Encode stage) {
    return scope.items(stage.items()).rows();
  }

  @Override
  public void compute(StageScope scope, Stage.Encode stage, int unit, Progress progress) {
    ItemShardInfo shard = scope.items(stage.items()).shard(unit);
    StoredVectors vectors = scope.vectors(stage.items(), stage.vectors());
    List<Codewords> levels =
        stage.fits().stream().map(fit -> LevelFiles.level(scope, fit).codewords()).toList();
    int[][] codes = new int[levels.size()][shard.rows()];
    if (stage.beam() > 1) {
      BeamCodes beam =
          scope.once(
              stage,
              () ->
                  new BeamCodes(
                      levels,
                      vectors.maxNorm(),
                      stage.beam(),
                      scope.arithmetic().threads(),
                      progress));
      beam.encode(vectors, shard.firstRow(), shard.rows(), scope.arithmetic(), codes, progress);
    } else {
      NearestCodes.encode(
          vectors,
          shard.firstRow(),
          shard.rows(),
          levels,
          vectors.maxNorm(),
          scope.arithmetic(),
          codes,
          progress);
    }
    CodeFiles.commit(scope, unit, shard, codes);
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Encode stage, Progress progress) {
    return Json.object();
  }
}
