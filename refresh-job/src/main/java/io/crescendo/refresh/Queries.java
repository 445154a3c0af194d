package io.crescendo.refresh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The questions of the dashboard. To add one, add a file to {@code queries/}. */
public final class Queries {

  private static final List<Query> BUNDLED = parse(resources("queries"));

  private Queries() {}

  /** Every {@code queries/*.sql} that this library ships, by name. */
  public static List<Query> bundled() {
    return BUNDLED;
  }

  private static List<Query> parse(Map<String, String> files) {
    List<Query> queries = new ArrayList<>();
    files.forEach((name, text) -> queries.add(Query.parse(name, text)));
    return List.copyOf(queries);
  }

  /** Text of every {@code .sql} file in a folder of this library's resources, by name. */
  static Map<String, String> resources(String folder) {
    // A folder cannot be listed through a class loader, so find where this library lies: a
    // directory of classes while it is built, a jar afterwards.
    URL marker = Queries.class.getResource("/" + folder);
    if (marker == null) {
      throw new IllegalStateException("No resources '%s' in this library".formatted(folder));
    }
    try {
      URI uri = marker.toURI();
      if (!uri.getScheme().equals("jar")) {
        return read(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return read(jar.getPath("/" + folder));
      } catch (FileSystemAlreadyExistsException e) {
        return read(FileSystems.getFileSystem(uri).getPath("/" + folder));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(folder)) {
      for (Path file : list.filter(f -> f.toString().endsWith(".sql")).toList()) {
        String name = file.getFileName().toString();
        files.put(name.substring(0, name.length() - ".sql".length()), Files.readString(file));
      }
    }
    return files;
  }
}
