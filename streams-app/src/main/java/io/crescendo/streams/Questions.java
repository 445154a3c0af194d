package io.crescendo.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
 * <p>State is read as it is processed, up to one commit interval before {@code genre-followers}
 * says it, and before its transaction is committed.
 *
 * <p>Thread-safe. Every method throws Kafka's {@code InvalidStateStoreException} or {@code
 * StreamsNotStartedException} while the state is not to be had.
 */
final class Questions {

  private static final ByteArraySerializer AS_IS = new ByteArraySerializer();

  private final KafkaStreams streams;
  private final GenreFamilies families;
  private final HomePartition home;

  /**
   * Questions to an app.
   *
   * @param partitions partitions of the state
   */
  Questions(KafkaStreams streams, GenreFamilies families, int partitions) {
    this.streams = streams;
    this.families = families;
    this.home = new HomePartition(partitions);
  }

  /** Partitions of the state, on all instances together. */
  int partitions() {
    return home.partitions();
  }

  /** The instance and partition of a genre. */
  KeyQueryMetadata ownerOfGenre(String genre) {
    return owner(GenreProcessor.TOTALS, genre);
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
    return streams.streamsMetadataForStore(GenreProcessor.TOTALS).stream()
        .filter(instance -> instance.stateStoreNames().contains(GenreProcessor.TOTALS))
        .map(StreamsMetadata::hostInfo)
        .distinct()
        .toList();
  }

  /** Genres with most followers in the partitions on this instance, at most so many. */
  GenreShare genres(int most) {
    Set<Integer> here = new TreeSet<>();
    List<Answers.Genre> all = new ArrayList<>();
    for (int partition = 0; partition < home.partitions(); partition++) {
      try {
        addAll(store(GenreProcessor.TOTALS, partition), all);
        here.add(partition);
      } catch (InvalidStateStorePartitionException e) {
        // Lies on another instance; to ask for it is the one way to learn what lies here.
      }
    }
    return new GenreShare(here, all.stream().sorted(GenreShare.BY_FOLLOWERS).limit(most).toList());
  }

  private void addAll(ReadOnlyKeyValueStore<String, GenreTotal> totals, List<Answers.Genre> all) {
    try (KeyValueIterator<String, GenreTotal> rows = totals.all()) {
      rows.forEachRemaining(
          row -> {
            if (row.value.artists() > 0) {
              all.add(genre(row.key, row.value));
            }
          });
    }
  }

  /** Totals of a genre on this instance; empty where no artist carries it. */
  Optional<Answers.Genre> genre(String name, int partition) {
    ReadOnlyKeyValueStore<String, GenreTotal> totals = store(GenreProcessor.TOTALS, partition);
    return Optional.ofNullable(totals.get(name))
        .filter(total -> total.artists() > 0)
        .map(total -> genre(name, total));
  }

  /** The first artists of a genre on this instance; empty where no artist carries it. */
  Optional<Answers.Top> top(String genre, int places, int partition) {
    List<Answers.Place> top =
        places(GenreRanking.top(store(GenreProcessor.RANKING, partition), genre, places));
    return top.isEmpty() ? Optional.empty() : Optional.of(new Answers.Top(genre, top));
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
        place(1, total.top()),
        time(total.asOf()));
  }

  private static List<Answers.Place> places(List<GenreRanking.Place> top) {
    return IntStream.range(0, top.size()).mapToObj(i -> place(i + 1, top.get(i))).toList();
  }

  private static Answers.Place place(int number, GenreRanking.Place place) {
    return new Answers.Place(number, place.artist(), place.name(), place.followers());
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
