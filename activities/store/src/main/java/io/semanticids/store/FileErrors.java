package io.semanticids.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Turns an error of the file system into the one that says what helps. */
public final class FileErrors {
  private FileErrors() {}

  /**
   * The error of using a local file.
   *
   * @param at what was used, for people
   */
  public static StoreException of(Object at, IOException error) {
    String reason = reason(error);
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      return new StoreFullException(
          "The disk is full while writing %s: free space, or use a folder on another disk."
              .formatted(at),
          error);
    }
    if (error instanceof NoSuchFileException || error instanceof FileNotFoundException) {
      return new MissingObjectException(
          "%s does not exist: check the path and that this machine has it.".formatted(at), error);
    }
    if (lower.contains("read-only file system")) {
      return new StoreDeniedException(
          "%s lies on a read-only file system: choose another place.".formatted(at), error);
    }
    if (error instanceof AccessDeniedException
        || lower.contains("permission denied")
        || lower.contains("not permitted")) {
      return new StoreDeniedException(
          "%s cannot be used (%s): give this user the permission.".formatted(at, reason), error);
    }
    if (error instanceof NotDirectoryException
        || lower.contains("not a directory")
        || lower.contains("is a directory")
        || lower.contains("name too long")) {
      return new StoreException(
          "%s cannot be used (%s): choose another place.".formatted(at, reason), error);
    }
    return new StoreUnavailableException(
        "%s cannot be used now (%s).".formatted(at, reason), error);
  }

  private static String reason(IOException error) {
    if (error instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }
}
