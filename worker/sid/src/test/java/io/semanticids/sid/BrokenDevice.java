package io.semanticids.sid;

import io.semanticids.adapters.SemanticIdsActivities;
import io.semanticids.adapters.WorkerSettings;
import io.semanticids.embed.TextEmbedder;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.workflows.TaskQueues;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code sid worker --role gpu} in a process of its own, on a device that passes the gate and
 * breaks at the first larger batch: the model throws what the engine throws of a CUDA error.
 */
public final class BrokenDevice {
  /** Texts; the gate takes at most so many. */
  private static final int HOLDS = 32;

  private BrokenDevice() {}

  /**
   * Works until the device breaks.
   *
   * @param arguments the last two: the root, and a folder for the cache
   */
  public static void main(String[] arguments) throws InterruptedException {
    Logging.configure(List.of("worker"));
    WorkerMetrics metrics = new WorkerMetrics(WorkerProcess::say);
    SemanticIdsActivities activities =
        SemanticIdsActivities.open(
            new WorkerSettings(
                List.of(arguments[arguments.length - 2]),
                Path.of(arguments[arguments.length - 1]),
                1L << 30,
                1,
                metrics),
            (model, threads) -> breaking(TextEmbedders.open(model, threads)));
    WorkerProcess process =
        WorkerProcess.start(
            activities,
            metrics,
            List.of(TaskQueues.GPU),
            null,
            "minilm",
            null,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Duration.ofSeconds(10));
    System.err.println(process.describe());
    Main.exit(process.await());
  }

  private static TextEmbedder breaking(TextEmbedder model) {
    return (TextEmbedder)
        Proxy.newProxyInstance(
            BrokenDevice.class.getClassLoader(),
            new Class<?>[] {TextEmbedder.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("embedWindows")
                  && arguments[0] instanceof List<?> windows
                  && windows.stream().mapToInt(window -> ((List<?>) window).size()).sum() > HOLDS) {
                throw engineException(
                    "CUDA error: device-side assert triggered\nCUDA kernel errors might be asynchronously reported");
              }
              try {
                return method.invoke(model, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** The engine's own exception; DJL itself is not to be known here. */
  private static RuntimeException engineException(String message)
      throws ReflectiveOperationException {
    return Class.forName("ai.djl.engine.EngineException")
        .asSubclass(RuntimeException.class)
        .getConstructor(String.class)
        .newInstance(message);
  }
}
