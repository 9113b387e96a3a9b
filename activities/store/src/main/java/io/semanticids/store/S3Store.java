package io.semanticids.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects in S3, or in a store that speaks its language. */
final class S3Store implements ObjectStore {
  /** Above this a file goes up in parts, so that a broken connection costs a part. */
  private static final long IN_PARTS = 64L << 20;

  private static final int ATTEMPTS = 5;

  /** Begins a version that is no entity tag. */
  private static final String AGE = "modified ";

  private final S3Client client;
  private final String name;
  private final Set<String> seenBuckets = ConcurrentHashMap.newKeySet();

  /**
   * @param endpoint where the store is; null for Amazon's
   */
  S3Store(S3Client client, @Nullable String endpoint) {
    this.client = client;
    // Without a name and password that an endpoint may carry.
    name = endpoint == null ? "Amazon S3" : endpoint.replaceAll("//[^/@]*@", "//");
  }

  @Override
  public boolean create(Location at, Path content) {
    try {
      if (Files.size(content) <= IN_PARTS) {
        return put(at, RequestBody.fromFile(content));
      }
    } catch (IOException e) {
      throw FileErrors.of(content, e);
    }
    if (info(at).isPresent()) {
      return false;
    }
    return created(
        at,
        () -> {
          try {
            new S3Upload(client, at).send(content);
          } catch (IOException e) {
            throw FileErrors.of(content, e);
          }
        });
  }

  @Override
  public boolean create(Location at, byte[] content) {
    return put(at, RequestBody.fromBytes(content));
  }

  private boolean put(Location at, RequestBody body) {
    return created(
        at,
        () ->
            client.putObject(
                request -> request.bucket(at.bucket()).key(at.key()).ifNoneMatch("*"), body));
  }

  /** False on 412: somebody was first. 409 says that somebody is at it just now: ask again. */
  private boolean created(Location at, Runnable creation) {
    for (int attempt = 1; ; attempt++) {
      try {
        creation.run();
        return true;
      } catch (S3Exception e) {
        if (e.statusCode() == 412) {
          return false;
        }
        if (attempt == ATTEMPTS || !S3Errors.code(e).equals("ConditionalRequestConflict")) {
          throw S3Errors.of(at, name, e);
        }
      } catch (SdkException | UncheckedIOException e) {
        throw S3Errors.of(at, name, e);
      }
    }
  }

  private <T> T ask(Location at, Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException | UncheckedIOException e) {
      throw S3Errors.of(at, name, e);
    }
  }

  @Override
  public byte[] read(Location at) {
    return ask(
        at,
        () ->
            client
                .getObject(
                    request -> request.bucket(at.bucket()).key(at.key()),
                    WholeBody.of(ResponseTransformer.toBytes()))
                .asByteArrayUnsafe());
  }

  @Override
  public byte[] read(Location at, long offset, int length) {
    Ranges.check(at, offset, length);
    if (length == 0) {
      return new byte[0];
    }
    byte[] bytes;
    try {
      bytes =
          client
              .getObject(
                  request ->
                      request
                          .bucket(at.bucket())
                          .key(at.key())
                          .range("bytes=%d-%d".formatted(offset, offset + length - 1)),
                  WholeBody.of(ResponseTransformer.toBytes()))
              .asByteArrayUnsafe();
    } catch (S3Exception e) {
      if (e.statusCode() != 416) {
        throw S3Errors.of(at, name, e);
      }
      bytes = new byte[0];
    } catch (SdkException | UncheckedIOException e) {
      throw S3Errors.of(at, name, e);
    }
    if (bytes.length != length) {
      throw Ranges.tooShort(at, offset, length, info(at).map(ObjectInfo::bytes).orElse(0L));
    }
    return bytes;
  }

  @Override
  public InputStream open(Location at) {
    return ask(
        at,
        () -> {
          ResponseInputStream<GetObjectResponse> body =
              client.getObject(request -> request.bucket(at.bucket()).key(at.key()));
          return new WholeBody(body, body.response().contentLength());
        });
  }

  /**
   * Copies an object to a file that does not exist yet.
   *
   * @param version which it must still have; null if any will do
   * @param fetched told how many more bytes have come
   */
  void download(Location at, @Nullable String version, Path file, LongConsumer fetched) {
    ask(
        at,
        () ->
            client.getObject(
                request ->
                    request
                        .bucket(at.bucket())
                        .key(at.key())
                        .ifMatch(
                            version == null || version.startsWith(AGE)
                                ? null
                                : '"' + version + '"'),
                WholeBody.of(ResponseTransformer.toFile(file), fetched)));
  }

  @Override
  public Optional<ObjectInfo> info(Location at) {
    if (at.key().isEmpty()) {
      return Optional.empty();
    }
    try {
      HeadObjectResponse head =
          client.headObject(request -> request.bucket(at.bucket()).key(at.key()));
      seenBuckets.add(at.bucket());
      return Optional.of(
          new ObjectInfo(
              at,
              head.contentLength(),
              version(head.eTag(), head.lastModified()),
              head.lastModified()));
    } catch (S3Exception e) {
      explain(at, e);
      return Optional.empty();
    } catch (SdkException | UncheckedIOException e) {
      throw S3Errors.of(at, name, e);
    }
  }

  /**
   * An answer to HEAD has no body, so its 404 may mean a missing bucket or an unknown key id, and
   * its 403 anything: another question gets the reason. Returns if the object is missing and
   * nothing else.
   */
  private void explain(Location at, S3Exception answer) {
    boolean missing = answer.statusCode() == 404;
    if (missing && seenBuckets.contains(at.bucket())) {
      return;
    }
    ask(
        at,
        () ->
            client.listObjectsV2(
                request -> request.bucket(at.bucket()).prefix(at.key()).maxKeys(1)));
    if (!missing) {
      throw S3Errors.of(at, name, answer);
    }
    seenBuckets.add(at.bucket());
  }

  /**
   * The entity tag. A gateway over a folder has none for files that were copied into it: then the
   * second of the last change, all that HEAD tells of it.
   */
  private static String version(@Nullable String entityTag, Instant modified) {
    return entityTag == null ? AGE + modified.getEpochSecond() : entityTag.replace("\"", "");
  }

  @Override
  public List<ObjectInfo> list(Location folderOrObject) {
    List<ObjectInfo> found = new ArrayList<>();
    for (S3Object object : objects(folderOrObject)) {
      Location at = below(folderOrObject, object);
      if (!at.name().startsWith(LocalStore.UNFINISHED)) {
        found.add(
            new ObjectInfo(
                at,
                object.size(),
                version(object.eTag(), object.lastModified()),
                object.lastModified()));
      }
    }
    if (found.isEmpty()) {
      return info(folderOrObject).map(List::of).orElse(List.of());
    }
    found.sort(ObjectOrder.BY_KEY);
    return List.copyOf(found);
  }

  /** All objects below a folder but those that only stand for a folder. */
  private List<S3Object> objects(Location folder) {
    return ask(
        folder,
        () ->
            client
                .listObjectsV2Paginator(
                    request -> request.bucket(folder.bucket()).prefix(prefix(folder)))
                .contents()
                .stream()
                .filter(object -> !object.key().endsWith("/"))
                .toList());
  }

  private static String prefix(Location folder) {
    return folder.key().isEmpty() ? "" : folder.key() + "/";
  }

  private static Location below(Location folder, S3Object object) {
    return folder.resolve(object.key().substring(prefix(folder).length()));
  }

  /** Uploads and probes that were begun before a moment and never finished. */
  List<Leftover> leftovers(Location folder, Instant before) {
    List<Leftover> found = new ArrayList<>();
    List<MultipartUpload> uploads =
        ask(
            folder,
            () ->
                client
                    .listMultipartUploadsPaginator(
                        request -> request.bucket(folder.bucket()).prefix(prefix(folder)))
                    .uploads()
                    .stream()
                    .toList());
    for (MultipartUpload upload : uploads) {
      if (upload.initiated().isBefore(before)) {
        Location at = folder.resolve(upload.key().substring(prefix(folder).length()));
        found.add(new Leftover(at, 0, upload.initiated(), upload.uploadId()));
      }
    }
    for (S3Object object : objects(folder)) {
      Location at = below(folder, object);
      if (at.name().startsWith(LocalStore.UNFINISHED) && object.lastModified().isBefore(before)) {
        found.add(new Leftover(at, object.size(), object.lastModified(), null));
      }
    }
    return List.copyOf(found);
  }

  void abort(Location at, String upload) {
    ask(
        at,
        () ->
            client.abortMultipartUpload(
                request -> request.bucket(at.bucket()).key(at.key()).uploadId(upload)));
  }

  @Override
  public void delete(Location at) {
    try {
      client.deleteObject(request -> request.bucket(at.bucket()).key(at.key()));
    } catch (S3Exception e) {
      if (!S3Errors.code(e).equals("NoSuchKey")) {
        throw S3Errors.of(at, name, e);
      }
    } catch (SdkException | UncheckedIOException e) {
      throw S3Errors.of(at, name, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
