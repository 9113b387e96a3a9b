package io.semanticids.adapters;

import io.semanticids.catalogue.Catalogues;
import io.semanticids.embed.CheckpointFolder;
import io.semanticids.embed.ModelSettings;
import io.semanticids.embed.TextEmbedder;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.store.Location;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.TensorArithmetic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a process opens once and keeps: stores, the engine of the numeric passes, the model. */
final class Engines implements AutoCloseable {
  private final WorkerSettings settings;
  private final ModelOpener opener;
  private final Stores stores;
  private final Catalogues catalogues;
  private final Map<Location, CheckpointFolder> checkpoints = new ConcurrentHashMap<>();
  private final Heartbeats heartbeats;
  private final FinishedArtifacts finished = new FinishedArtifacts();

  /** Apart from the engine's lock: a model loads for minutes. */
  private final Object models = new Object();

  private final AtomicReference<@Nullable String> deviceLost = new AtomicReference<>();

  private final AtomicBoolean hanging = new AtomicBoolean();

  private volatile Consumer<String> deviceLostListener = said -> {};
  private volatile Consumer<String> hangListener = said -> {};
  private volatile boolean draining;
  private @Nullable Arithmetic arithmetic;
  private @Nullable ModelSettings openModel;
  private @Nullable TextEmbedder embedder;

  Engines(WorkerSettings settings, ModelOpener opener) {
    this.settings = settings;
    this.opener = opener;
    List<Location> roots = settings.roots().stream().map(Location::parse).toList();
    this.heartbeats =
        new Heartbeats(settings.listener(), this::draining, settings.patience(), this::hangs);
    this.stores =
        Stores.open(
            new StoreSettings(roots, settings.cache(), settings.cacheBytes(), heartbeats::fetched));
    this.catalogues = new Catalogues(stores, stores.temporaryFolder());
  }

  WorkerSettings settings() {
    return settings;
  }

  Stores stores() {
    return stores;
  }

  Catalogues catalogues() {
    return catalogues;
  }

  FinishedArtifacts finished() {
    return finished;
  }

  StageListener listener() {
    return settings.listener();
  }

  Heartbeats heartbeats() {
    return heartbeats;
  }

  int threads() {
    return settings.threads();
  }

  String deviceClass() {
    return arithmetic().deviceClass();
  }

  synchronized Arithmetic arithmetic() {
    if (arithmetic == null) {
      arithmetic = TensorArithmetic.open(settings.threads());
    }
    return arithmetic;
  }

  /** The model, kept open until another is asked for. Used under the device lock. */
  TextEmbedder embedder(ModelSettings model) {
    synchronized (models) {
      TextEmbedder open = embedder;
      if (open == null || !model.equals(openModel)) {
        closeModel();
        open = opener.open(model, settings.threads());
        embedder = open;
        openModel = model;
      }
      return open;
    }
  }

  private void closeModel() {
    synchronized (models) {
      if (embedder != null) {
        embedder.close();
        embedder = null;
      }
    }
  }

  /** The folder of a checkpoint on this machine: fetched once a machine where it is remote. */
  CheckpointFolder checkpoint(Location at) {
    return checkpoints.computeIfAbsent(
        stores.roots().require(at),
        folder ->
            new CheckpointFolder(
                stores.localFolder(folder, TextEmbedders::checkpointFile), folder.toString()));
  }

  boolean draining() {
    return draining;
  }

  /** Who is told, once, that the device no longer computes. */
  void onDeviceLost(Consumer<String> listener) {
    deviceLostListener = listener;
  }

  /** The device no longer computes: no task of this process is computed from now on. */
  void deviceLost(String said) {
    if (deviceLost.compareAndSet(null, said)) {
      deviceLostListener.accept(said);
    }
  }

  /** Who is told, once, that a task hangs. */
  void onHang(Consumer<String> listener) {
    hangListener = listener;
  }

  private void hangs(String said) {
    if (hanging.compareAndSet(false, true)) {
      hangListener.accept(said);
    }
  }

  /** What the device said when it failed; null while it computes. */
  @Nullable String deviceLost() {
    return deviceLost.get();
  }

  void drain() {
    draining = true;
  }

  @Override
  public synchronized void close() {
    heartbeats.close();
    closeModel();
    if (arithmetic != null) {
      arithmetic.close();
      arithmetic = null;
    }
    stores.close();
  }
}
