package io.crescendo.connect.s3.store;

final class InMemoryObjectStoreTest implements ObjectStoreContract {

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Override
  public ObjectStore store() {
    return store;
  }

  @Override
  public byte[] read(String key) {
    return store.objects().get(key);
  }
}
