package io.crescendo.refresh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands with the options that each of them needs at a {@link TestStore}. */
final class LocalCommands implements AutoCloseable {

  private final Path directory;
  private final TestStore store;
  private final Shell shell = new Shell();

  LocalCommands(Path directory) {
    this.directory = directory;
    store = new TestStore(directory);
    System.setProperty("aws.accessKeyId", TestStore.KEY);
    System.setProperty("aws.secretAccessKey", TestStore.SECRET);
  }

  TestStore store() {
    return store;
  }

  /** {@code refresh}, with a subcommand and its options, and those of the store. */
  int refresh(String... arguments) {
    return shell.execute(new RefreshCommand(), here(arguments));
  }

  /** {@code query}, with SQL and options, and those of the store. */
  int query(String... arguments) {
    return shell.execute(new QueryCommand(), here(arguments));
  }

  private String[] here(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--s3-endpoint", store.endpoint().toString()));
    if (!all.contains("--work-dir")) {
      all.addAll(List.of("--work-dir", directory.resolve("work").toString()));
    }
    return all.toArray(String[]::new);
  }

  String out() {
    return shell.out();
  }

  String err() {
    return shell.err();
  }

  @Override
  public void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    store.close();
  }
}
