package io.semanticids.publish;

import io.semanticids.evaluate.CodeFigures;
import io.semanticids.evaluate.PathFigures;
import io.semanticids.evaluate.Report;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reports, codebooks and items as a run would have them. */
final class Fixtures {
  private Fixtures() {}

  static Report balanced() {
    CodeFigures before = new CodeFigures(4, 1, 9, 3.25, 0.5);
    CodeFigures after = new CodeFigures(4, 5, 5, 4, 0.625);
    return new Report(
        new Report.Items(20, 3, 7),
        List.of(
            new Report.Level(
                4,
                before,
                after,
                new Report.Sinkhorn(
                    0.0025, 22, 8_192, 2, 12.5, 12.4999, 0.00000800006400051, true, 3)),
            new Report.Level(6, new CodeFigures(5, 0, 8, 4, 0.25), after, null)),
        new Report.Paths(new PathFigures(15, 0.25, 8, 3, 4L), new PathFigures(18, 0.1, 4, 2, 0L)),
        new Report.Paths(new PathFigures(3, 0, 0, 1, 0L), new PathFigures(3, 0, 0, 1, 0L)),
        new Report.Neighbours(20, 10, List.of(0.5, 0.25), List.of(0.4, 0.2), List.of(0.25, 0.05)),
        new Report.Floors(0.05, 0, 0.303));
  }

  static Report unbalanced() {
    return new Report(
        new Report.Items(1, 0, 0),
        List.of(new Report.Level(256, new CodeFigures(1, 0, 1, 1, 0), null, null)),
        new Report.Paths(new PathFigures(1, 0, 0, 1, null), null),
        null,
        new Report.Neighbours(0, 0, List.of(0.0), null, List.of(0.0)),
        new Report.Floors(0, 0, 0));
  }

  static ReportPage page(Report report, List<ReportPage.Collision> collisions) {
    boolean balanced = report.balanced();
    List<ReportPage.Loads> loads =
        report.levels().stream()
            .map(
                level ->
                    new ReportPage.Loads(
                        new long[level.size()], balanced ? new long[level.size()] : null))
            .toList();
    return new ReportPage(
        "office", "office.jsonl", "minilm", "level", report, loads, collisions, List.of());
  }

  static Codebook codebook(Codebook.@Nullable Model model) {
    return codebook(model, false);
  }

  static Codebook codebook(Codebook.@Nullable Model model, boolean normalize) {
    CostScale scale = new CostScale(Math.scalb(1.0, 20));
    SplittableRandom random = new SplittableRandom(9);
    int[] prefixed = IntStream.generate(() -> random.nextInt(-9_999, 9_999)).limit(20).toArray();
    return new Codebook(
        model,
        model == null ? null : new Codebook.Text(List.of("title", "description"), "\n"),
        normalize,
        "last",
        1,
        1,
        List.of(
            new Codebook.Level(codewords(random, 4, 3), null),
            new Codebook.Level(
                codewords(random, 5, 3), new Codebook.Potentials(prefixed, 4, scale)),
            new Codebook.Level(
                codewords(random, 2, 3), new Codebook.Potentials(new int[] {-5, 5}, 1, scale))));
  }

  static Codebook.Model model() {
    return new Codebook.Model("minilm", null, null, 256, true, null, "mean", "float32");
  }

  /** Blocks of uneven sizes, the last two of them test items. */
  static List<CodeBlock> blocks(int items, int... sizes) {
    SplittableRandom random = new SplittableRandom(items);
    int[] cuts = {0, items / 3, items / 2, items - 2, items};
    return IntStream.range(0, 4)
        .mapToObj(
            b -> {
              int count = cuts[b + 1] - cuts[b];
              List<String> ids =
                  IntStream.range(cuts[b], cuts[b + 1])
                      .mapToObj(i -> "item '\"\\ü😀 " + i)
                      .toList();
              int[][] codes =
                  Arrays.stream(sizes)
                      .mapToObj(size -> random.ints(count, 0, size).toArray())
                      .toArray(int[][]::new);
              return new CodeBlock(ids, b == 3 ? "test" : "train", codes);
            })
        .toList();
  }

  private static Codewords codewords(SplittableRandom random, int size, int dimension) {
    float[] values = new float[size * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble() - 0.5f;
    }
    return new Codewords(values, size, dimension);
  }
}
