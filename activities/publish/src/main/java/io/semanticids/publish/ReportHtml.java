package io.semanticids.publish;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Renders report.html: {@code report.mustache} with the figures of a {@link ReportView}, the style
 * sheets and scripts put into the page.
 *
 * <p>All texts are escaped by the template engine. Behind that stands a content security policy
 * that lets nothing load and no script run but ours (by its hash).
 */
final class ReportHtml {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  private ReportHtml() {}

  static String render(ReportPage page) {
    String script = resource(UPLOT + "dist/uPlot.iife.min.js") + "\n" + resource("report.js");
    Map<String, Object> context = new HashMap<>(new ReportView(page).values());
    context.put("styles", resource(UPLOT + "dist/uPlot.min.css") + "\n" + resource("report.css"));
    context.put("script", script);
    context.put("scriptHash", "sha256-" + hash(script));
    context.put("license", resource(UPLOT + "LICENSE").strip());
    context.put("loads", new String(Json.compact(page.loads()), StandardCharsets.UTF_8));
    Template template =
        Mustache.compiler().emptyStringIsFalse(true).compile(resource("report.mustache"));
    return template.execute(context);
  }

  static String resource(String name) {
    try (InputStream in = ReportHtml.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "The resource %s is not on the class path.".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String script) {
    byte[] digest = Content.digest().digest(script.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }
}
