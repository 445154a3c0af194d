package io.crescendo.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStorePartitionException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads the state that lies on this instance, and tells where the rest lies.
 *
 * <p>Artists, and the first of a genre, are read as they are processed; totals as {@code
 * genre-followers} says them. Both before their transaction is committed.
 *
 * <p>Thread-safe. Every method throws Kafka's {@code InvalidStateStoreException} or {@code
 * StreamsNotStartedException} while the state is not to be had.
 */
final class Questions {

  private static final ByteArraySerializer AS_IS = new ByteArraySerializer();

  private final KafkaStreams streams;
  private final GenreFamilies families;
  private final GenreIndexes indexes;
  private final HomePartition home;

  /**
   * Questions to an app.
   *
   * @param indexes what the app's topology keeps up to date
   * @param partitions partitions of the state
   */
  Questions(KafkaStreams streams, GenreFamilies families, GenreIndexes indexes, int partitions) {
    this.streams = streams;
    this.families = families;
    this.indexes = indexes;
    this.home = new HomePartition(partitions);
  }

  /** Partitions of the state, on all instances together. */
  int partitions() {
    return home.partitions();
  }

  /** The instance and partition of a genre. */
  KeyQueryMetadata ownerOfGenre(String genre) {
    return owner(GenreProcessor.REPORTS, genre);
  }

  /** The instance and partition of an artist. */
  KeyQueryMetadata ownerOfArtist(String id) {
    return owner(ArtistProcessor.STATE, id);
  }

  private KeyQueryMetadata owner(String store, String text) {
    byte[] key = text.getBytes(StandardCharsets.UTF_8);
    KeyQueryMetadata owner = streams.queryMetadataForKey(store, key, AS_IS);
    if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      throw Unanswered.notNow("The app is rebalancing; ask again in a moment", null);
    }
    // Kafka Streams counts the partitions that instances told it of, and with some missing it
    // looks in another one, where there is no such key.
    if (owner.partition() != home.of(key)) {
      throw Unanswered.notHere("Not all partitions are known to lie on an instance", null);
    }
    return owner;
  }

  /** Every instance that works on genres; others may hold copies, which they do not tell of. */
  List<HostInfo> holdersOfGenres() {
    return holders(GenreProcessor.REPORTS);
  }

  /** Every instance that works on artists. */
  List<HostInfo> holdersOfArtists() {
    return holders(ArtistProcessor.STATE);
  }

  private List<HostInfo> holders(String store) {
    return streams.streamsMetadataForStore(store).stream()
        .filter(instance -> instance.stateStoreNames().contains(store))
        .map(StreamsMetadata::hostInfo)
        .distinct()
        .toList();
  }

  /** Genres with most followers in the partitions on this instance, at most so many. */
  Share<Answers.Genre> genres(int most) {
    List<Answers.Genre> all = new ArrayList<>();
    Set<Integer> here =
        partitionsHere(partition -> addAll(store(GenreProcessor.REPORTS, partition), all));
    return new Share<>(here, all.stream().sorted(Answers.Genre.BY_FOLLOWERS).limit(most).toList());
  }

  /** The first artists of a genre in the partitions on this instance, at most so many. */
  Share<Place> top(String genre, int places) {
    List<Place> all = new ArrayList<>();
    Set<Integer> here = partitionsHere(partition -> addTop(partition, genre, places, all));
    return new Share<>(here, all.stream().sorted().limit(places).toList());
  }

  /** Looks into each; to ask for all is the one way to learn which lie here. */
  private Set<Integer> partitionsHere(IntConsumer look) {
    Set<Integer> here = new TreeSet<>();
    for (int partition = 0; partition < home.partitions(); partition++) {
      try {
        look.accept(partition);
        here.add(partition);
      } catch (InvalidStateStorePartitionException e) {
        // Lies on another instance.
      }
    }
    return here;
  }

  private void addTop(int partition, String genre, int places, List<Place> all) {
    ReadOnlyKeyValueStore<Bytes, ArtistState> artists = store(ArtistProcessor.STATE, partition);
    GenreIndex index =
        indexes
            .of(partition)
            .orElseThrow(() -> new InvalidStateStorePartitionException("Not ranked here"));
    all.addAll(index.top(genre, places, artists::get));
  }

  private void addAll(ReadOnlyKeyValueStore<String, GenreReport> reports, List<Answers.Genre> all) {
    try (KeyValueIterator<String, GenreReport> rows = reports.all()) {
      rows.forEachRemaining(
          row -> {
            GenreTotal total = row.value.total();
            if (total.artists() > 0) {
              all.add(genre(row.key, total));
            }
          });
    }
  }

  /** Totals of a genre on this instance; empty where no artist carries it. */
  Optional<Answers.Genre> genre(String name, int partition) {
    ReadOnlyKeyValueStore<String, GenreReport> reports = store(GenreProcessor.REPORTS, partition);
    return Optional.ofNullable(reports.get(name)).map(report -> genre(name, report.total()));
  }

  /** The newest observation of an artist on this instance; empty where there was none. */
  Optional<Answers.Artist> artist(String id, int partition) {
    ReadOnlyKeyValueStore<Bytes, ArtistState> artists = store(ArtistProcessor.STATE, partition);
    return Optional.ofNullable(artists.get(Bytes.wrap(id.getBytes(StandardCharsets.UTF_8))))
        .filter(ArtistState::seen)
        .map(state -> artist(id, state));
  }

  private Answers.Artist artist(String id, ArtistState state) {
    String primary = state.genres().isEmpty() ? null : state.genres().get(0);
    return new Answers.Artist(
        id,
        state.name(),
        state.genres(),
        primary,
        primary == null ? null : families.of(primary),
        state.followers(),
        state.popularity(),
        FollowerTier.of(state.followers()).label(),
        time(state.observedAt()),
        time(state.firstSeenAt()),
        state.updates(),
        state.deleted());
  }

  private Answers.Genre genre(String name, GenreTotal total) {
    return new Answers.Genre(
        name,
        families.of(name),
        total.artists(),
        total.followers(),
        total.averagePopularity(),
        Answers.NumberedPlace.at(1, total.top()),
        time(total.asOf()));
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private <K, V> ReadOnlyKeyValueStore<K, V> store(String name, int partition) {
    StoreQueryParameters<ReadOnlyKeyValueStore<K, V>> store =
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore());
    return streams.store(store.withPartition(partition));
  }
}
