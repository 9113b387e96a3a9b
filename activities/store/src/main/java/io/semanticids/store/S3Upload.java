package io.semanticids.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Uploads a large file in parts; the object appears, if nobody else's is there, when the last part
 * is in.
 */
final class S3Upload {
  private static final int SMALLEST_PART = 16 << 20;

  /** S3 takes 10,000. */
  private static final int MOST_PARTS = 9_000;

  private final S3Client client;
  private final Location at;

  S3Upload(S3Client client, Location at) {
    this.client = client;
    this.at = at;
  }

  /**
   * @throws software.amazon.awssdk.services.s3.model.S3Exception 412 if the object exists
   */
  void send(Path content) throws IOException {
    String upload =
        client
            .createMultipartUpload(
                request ->
                    request
                        .bucket(at.bucket())
                        .key(at.key())
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32))
            .uploadId();
    try {
      List<CompletedPart> parts = parts(content, upload);
      client.completeMultipartUpload(
          request ->
              request
                  .bucket(at.bucket())
                  .key(at.key())
                  .uploadId(upload)
                  .ifNoneMatch("*")
                  .multipartUpload(all -> all.parts(parts)));
    } catch (IOException | RuntimeException e) {
      abort(upload, e);
      throw e;
    }
  }

  private List<CompletedPart> parts(Path content, String upload) throws IOException {
    List<CompletedPart> parts = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(content, StandardOpenOption.READ)) {
      long size = channel.size();
      int length = Math.toIntExact(Math.max(SMALLEST_PART, (size + MOST_PARTS - 1) / MOST_PARTS));
      for (long offset = 0; offset < size; offset += length) {
        int number = parts.size() + 1;
        byte[] bytes = read(channel, offset, (int) Math.min(length, size - offset));
        UploadPartResponse sent =
            client.uploadPart(
                request ->
                    request
                        .bucket(at.bucket())
                        .key(at.key())
                        .uploadId(upload)
                        .partNumber(number)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                RequestBody.fromBytes(bytes));
        parts.add(
            CompletedPart.builder()
                .partNumber(number)
                .eTag(sent.eTag())
                .checksumCRC32(sent.checksumCRC32())
                .build());
      }
    }
    return parts;
  }

  private static byte[] read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new IOException("the file became shorter while it was uploaded");
      }
    }
    return bytes.array();
  }

  private void abort(String upload, Exception reason) {
    try {
      client.abortMultipartUpload(
          request -> request.bucket(at.bucket()).key(at.key()).uploadId(upload));
    } catch (SdkException e) {
      reason.addSuppressed(e);
    }
  }
}
