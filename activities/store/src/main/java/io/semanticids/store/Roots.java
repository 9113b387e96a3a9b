package io.semanticids.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The folders and prefixes that a process may read and write below. Immutable. */
public final class Roots {
  private final List<Location> roots;

  private Roots(List<Location> roots) {
    this.roots = roots;
  }

  /** At least one root. */
  public static Roots of(List<Location> roots) {
    if (roots.isEmpty()) {
      throw new IllegalArgumentException("A process needs at least one root: give --root URI.");
    }
    return new Roots(List.copyOf(roots));
  }

  /** Where outputs go that say nothing else. */
  public Location first() {
    return roots.get(0);
  }

  /** All roots, in the order in which they were given. */
  public List<Location> all() {
    return roots;
  }

  /**
   * Returns {@code at} if it is a root or below one after symbolic links are resolved.
   *
   * @throws OutsideRootsException if it is not
   */
  public Location require(Location at) {
    for (Location root : roots) {
      if (at.local() ? root.local() && real(at).startsWith(real(root)) : root.contains(at)) {
        return at;
      }
    }
    throw new OutsideRootsException(
        "The location (%s) is outside the roots of this process (%s): use a place below them, or add a --root."
            .formatted(
                at, roots.stream().map(Location::toString).collect(Collectors.joining(", "))));
  }

  /**
   * The path with the links of its existing part resolved; the rest does not exist, so it holds no
   * links.
   */
  private static Path real(Location at) {
    Path path = at.path();
    Path existing = path;
    while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    try {
      return existing.toRealPath().resolve(existing.relativize(path));
    } catch (IOException e) {
      throw new OutsideRootsException(
          "The location (%s) passes %s, which cannot be followed (%s): it may lead outside the roots."
              .formatted(at, existing, e.getClass().getSimpleName()),
          e);
    }
  }
}
