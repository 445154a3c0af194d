package io.crescendo.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds artist files in directories and by patterns. */
final class LocalFiles {

  /** What files in directories and buckets must be called to be taken for artist files. */
  static final Pattern ARTIST_FILE =
      Pattern.compile("[^.].*\\.(csv|tsv|txt)(\\.(gz|zst))?", Pattern.CASE_INSENSITIVE);

  private static final String WILDCARDS = "*?[{";

  private LocalFiles() {}

  /** Whether text that names no file may be a pattern. */
  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  /** Artist files in a directory, not below it. */
  static List<Path> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> ARTIST_FILE.matcher(String.valueOf(f.getFileName())).matches())
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) { // how the stream says that listing failed half-way
      throw e.getCause();
    }
  }

  /**
   * Files that a pattern names, such as {@code data/*.csv} or {@code data/**.csv.gz}; see {@link
   * java.nio.file.FileSystem#getPathMatcher}.
   *
   * @throws InvalidPathException if it is no pattern
   */
  static List<Path> matching(String pattern) throws IOException {
    int wildcard = 0;
    while (WILDCARDS.indexOf(pattern.charAt(wildcard)) < 0) {
      wildcard++;
    }
    int slash = pattern.lastIndexOf('/', wildcard);
    Path root = Path.of(slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash));
    String rest = pattern.substring(slash + 1);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
    } catch (PatternSyntaxException e) {
      throw new InvalidPathException(pattern, e.getDescription());
    }
    int depth =
        rest.contains("**")
            ? Integer.MAX_VALUE
            : (int) rest.chars().filter(c -> c == '/').count() + 1;
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        java.util.Set.of(),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isDirectory() && matcher.matches(root.relativize(file))) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // a directory that is not ours to read
          }
        });
    found.sort(null);
    return found;
  }
}
