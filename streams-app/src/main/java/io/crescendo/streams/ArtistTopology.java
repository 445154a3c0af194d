package io.crescendo.streams;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.GenreFollowers;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The flow from {@code artist-updates} to {@code artists}, {@code genre-followers} and {@code
 * artist-rejects}: a function from settings to a topology, without I/O.
 *
 * <pre>
 * artist-updates ─> parse ─┬─ broke a rule ────────────────────────────────> artist-rejects
 *                          ├─ on its artist's partition ──────────┐              ^
 *                          └─ elsewhere ─> [artist-placement] ─> merge ─> enrich ┤
 *                                                                     artists <──┤
 *                           genre-followers <─ total <─ [genre-changes] <────────┘
 * </pre>
 *
 * <p>The brackets are repartition topics, so there are two sub-topologies: artists by id, genres by
 * name.
 */
public final class ArtistTopology {

  private static final String TO_ARTISTS = Topics.ARTISTS.name();
  private static final String TO_GENRES = Topics.GENRE_FOLLOWERS.name();
  private static final String TO_REJECTS = Topics.ARTIST_REJECTS.name();
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private final StreamsSettings settings;
  private final GenreFamilies families;
  private final AvroFormat avro;

  private ArtistTopology(StreamsSettings settings, GenreFamilies families, AvroFormat avro) {
    this.settings = settings;
    this.families = families;
    this.avro = avro;
  }

  /**
   * The topology.
   *
   * @param settings partitions, commit interval and horizon are used here
   * @param families families of genres, which settings may have read from a file
   */
  public static Topology of(StreamsSettings settings, GenreFamilies families) {
    return of(settings, families, AvroFormat.singleObject());
  }

  /**
   * The topology, writing Avro in a format.
   *
   * @param families families of genres, which settings may have read from a file
   */
  public static Topology of(StreamsSettings settings, GenreFamilies families, AvroFormat avro) {
    return new ArtistTopology(settings, families, avro).build();
  }

  private Topology build() {
    StreamsConfig config = new StreamsConfig(settings.kafkaProperties());
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));

    Map<String, KStream<byte[], Step>> parsed =
        updates(builder)
            .process(
                () ->
                    new ParseProcessor(
                        new HomePartition(settings.partitions()),
                        new ObservedAhead(settings.observedAhead())),
                Named.as("parse"))
            .split(Named.as("parsed-"))
            .branch((key, step) -> step instanceof Step.Refused, Branched.as("rejects"))
            .branch((key, step) -> step instanceof Step.Valid v && v.atHome(), Branched.as("home"))
            .defaultBranch(Branched.as("elsewhere"));

    Map<String, KStream<byte[], Step>> enriched =
        updatesByArtist(parsed.get("parsed-home"), parsed.get("parsed-elsewhere"), builder)
            .process(
                () ->
                    new ArtistProcessor(
                        families, settings.deletedHorizon(), settings.commitInterval()),
                Named.as("enrich"),
                ArtistProcessor.STATE,
                ArtistProcessor.MARKERS)
            .split(Named.as("enriched-"))
            .branch((key, step) -> step instanceof Step.Enriched, Branched.as("artists"))
            .branch((key, step) -> step instanceof Step.Changed, Branched.as("changes"))
            .defaultBranch(Branched.as("rejects"));

    writeArtists(enriched.get("enriched-artists"));
    writeRejects(parsed.get("parsed-rejects"), enriched.get("enriched-rejects"));
    writeTotals(enriched.get("enriched-changes"), builder);
    return builder.build(settings.kafkaProperties());
  }

  private static KStream<byte[], byte[]> updates(StreamsBuilder builder) {
    return builder.stream(
        Topics.ARTIST_UPDATES.name(),
        Consumed.with(BYTES, BYTES).withName("updates").withTimestampExtractor(new RecordTime()));
  }

  private KStream<byte[], Update> updatesByArtist(
      KStream<byte[], Step> home, KStream<byte[], Step> elsewhere, StreamsBuilder builder) {
    builder.addStateStore(store(ArtistProcessor.STATE, Serdes.Bytes(), ArtistState.serde()));
    builder.addStateStore(store(ArtistProcessor.MARKERS, Serdes.Bytes(), BYTES));
    KStream<byte[], Update> moved =
        elsewhere
            .mapValues(step -> ((Step.Valid) step).update(), Named.as("updates-elsewhere"))
            .repartition(
                Repartitioned.<byte[], Update>as("artist-placement")
                    .withKeySerde(BYTES)
                    .withValueSerde(UpdateForm.serde())
                    .withNumberOfPartitions(settings.partitions()));
    return home.mapValues(step -> ((Step.Valid) step).update(), Named.as("updates-home"))
        .merge(moved, Named.as("updates-by-artist"));
  }

  private void writeArtists(KStream<byte[], Step> enriched) {
    enriched
        .mapValues(step -> ((Step.Enriched) step).row(), Named.as("artist-rows"))
        .to(
            TO_ARTISTS,
            Produced.<byte[], Artist>with(BYTES, avro.serde(Topics.ARTISTS, Artist.class))
                .withName("artists"));
  }

  private void writeRejects(KStream<byte[], Step> early, KStream<byte[], Step> late) {
    early
        .merge(late, Named.as("rejects"))
        .mapValues(step -> ((Step.Refused) step).reject(), Named.as("reject-rows"))
        .to(
            TO_REJECTS,
            Produced.<byte[], Reject>with(BYTES, avro.serde(Topics.ARTIST_REJECTS, Reject.class))
                .withName("artist-rejects"));
  }

  private void writeTotals(KStream<byte[], Step> changes, StreamsBuilder builder) {
    // Totals go through the record cache: many changes of a genre make one changelog record.
    // Rankings do not: their keys hardly repeat within a commit.
    builder.addStateStore(
        store(GenreProcessor.TOTALS, Serdes.String(), GenreTotal.serde()).withCachingEnabled());
    builder.addStateStore(store(GenreProcessor.RANKING, Serdes.Bytes(), BYTES));
    Duration interval = settings.commitInterval();
    changes
        .mapValues(step -> ((Step.Changed) step).change(), Named.as("changes"))
        .repartition(
            Repartitioned.<byte[], GenreChange>as("genre-changes")
                .withKeySerde(BYTES)
                .withValueSerde(GenreChange.serde())
                .withNumberOfPartitions(settings.partitions()))
        .process(
            () -> new GenreProcessor(families, interval),
            Named.as("total"),
            GenreProcessor.TOTALS,
            GenreProcessor.RANKING)
        .to(
            TO_GENRES,
            Produced.<String, GenreFollowers>with(
                    Serdes.String(), avro.serde(Topics.GENRE_FOLLOWERS, GenreFollowers.class))
                .withName("genre-followers"));
  }

  private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(
      String name, Serde<K> keys, Serde<V> values) {
    return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values);
  }
}
