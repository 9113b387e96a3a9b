package io.semanticids.workflows.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Settings that are legal together but do less than they seem to. */
final class RequestWarnings {
  private RequestWarnings() {}

  static List<String> of(BuildRequest request) {
    List<String> warnings = new ArrayList<>();
    BuildRequest plain = BuildRequest.fromJson(Json.object().put("dataset", request.dataset()));
    if (!request.balanced()) {
      List<String> idle = balancing(request, plain);
      if (!idle.isEmpty()) {
        warnings.add(
            "%s: no effect, because uniform is false at every level."
                .formatted(String.join(", ", idle)));
      }
    } else {
      scope(request, warnings);
    }
    List<String> ignored = Vectors.given(request.dataset()) ? model(request, plain) : List.of();
    if (!ignored.isEmpty()) {
      warnings.add(
          "%s: no effect, because the dataset is vectors already (.npy)."
              .formatted(String.join(", ", ignored)));
    }
    if (request.dataset().equals(request.test())) {
      warnings.add(
          "test: the same location as dataset, so its figures say nothing about new items.");
    }
    if (request.size().contains(1)) {
      warnings.add("size: a level with one code tells no items apart.");
    }
    return List.copyOf(warnings);
  }

  private static void scope(BuildRequest request, List<String> warnings) {
    int last = request.levels() - 1;
    if (request.scope() == Scope.LEVEL) {
      return;
    }
    if (last == 0) {
      warnings.add(
          "scope: %s is the same as level, because there is only one level."
              .formatted(request.scope().key()));
    } else if (request.scope() == Scope.LAST && !request.uniform().get(last)) {
      warnings.add("scope: last has no effect, because uniform is false at the last level.");
    } else if (!request.uniform().subList(1, last + 1).contains(true)) {
      warnings.add(
          "scope: prefix has no effect, because uniform is false from the second level on.");
    }
  }

  private static List<String> balancing(BuildRequest request, BuildRequest plain) {
    Map<String, Boolean> changed = new LinkedHashMap<>();
    changed.put("scope", request.scope() != plain.scope());
    changed.put("refit", request.refit() != plain.refit());
    changed.put("tau", !request.tau().equals(plain.tau()));
    changed.put("iterations", request.iterations() != plain.iterations());
    changed.put("batch", request.batch() != plain.batch());
    return changed.keySet().stream().filter(changed::get).toList();
  }

  private static List<String> model(BuildRequest request, BuildRequest plain) {
    Map<String, Boolean> changed = new LinkedHashMap<>();
    changed.put("text", !request.text().equals(plain.text()));
    changed.put("separator", !request.separator().equals(plain.separator()));
    changed.put("model", !request.model().equals(plain.model()));
    changed.put("weights", request.weights() != null);
    changed.put("dimensions", request.dimensions() != null);
    changed.put("maxTokens", request.maxTokens() != null);
    changed.put("instruction", request.instruction() != null);
    changed.put("pooling", !Objects.equals(request.pooling(), plain.pooling()));
    changed.put("precision", request.precision() != null);
    return changed.keySet().stream().filter(changed::get).toList();
  }
}
