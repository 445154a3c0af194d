package io.crescendo.streams;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.GenreFollowers;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Topics;
import io.crescendo.streams.state.LogStores;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
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
 * artist-updates ─> parse ─┬─ on its artist's partition ────────┐
 *                          ├─ elsewhere ─> [artist-placement] ──┴─> enrich ─┬─> artists
 *                          └─ broke a rule ─> artist-rejects <──────────────┤
 *                          genre-followers <─ total <─── [genre-parts] <────┘
 * </pre>
 *
 * <p>The brackets are repartition topics, so there are two sub-topologies: artists by id, genres by
 * name.
 */
public final class ArtistTopology {

  private static final String PLACEMENT = "artist-placement";
  private static final String GENRES = "genre-parts";

  /** Kafka Streams' name for the way into a repartition topic. */
  private static final String INTO = "-repartition-filter";

  /** Child of both processors that takes rejects. */
  static final String REJECTED = "rejects";

  /** Child of the parser that takes updates which lie on their artist's partition. */
  static final String AT_HOME = "updates-by-artist";

  /** Child of the parser that takes updates which lie elsewhere. */
  static final String ELSEWHERE = PLACEMENT + INTO;

  /** Child of the artists' processor that takes rows. */
  static final String ENRICHED = "artists";

  /** Child of the artists' processor that takes {@link GenreParts}. */
  static final String PARTS = GENRES + INTO;

  private static final String TO_ARTISTS = Topics.ARTISTS.name();
  private static final String TO_GENRES = Topics.GENRE_FOLLOWERS.name();
  private static final String TO_REJECTS = Topics.ARTIST_REJECTS.name();

  /** Genres are few; a segment of each store lies in heap for each partition. */
  private static final int GENRE_SEGMENT_BYTES = 1 << 20;

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private final StreamsSettings settings;
  private final GenreFamilies families;
  private final AvroFormat avro;
  private final GenreIndexes indexes;
  private final Activity activity = new Activity();

  private ArtistTopology(
      StreamsSettings settings, GenreFamilies families, AvroFormat avro, GenreIndexes indexes) {
    this.settings = settings;
    this.families = families;
    this.avro = avro;
    this.indexes = indexes;
  }

  /**
   * The topology.
   *
   * @param settings partitions, commit interval and horizon are used here
   * @param families families of genres, which settings may have read from a file
   */
  public static Topology of(StreamsSettings settings, GenreFamilies families) {
    return of(settings, families, AvroFormat.singleObject(), new GenreIndexes());
  }

  /**
   * The topology, writing Avro in a format.
   *
   * @param families families of genres, which settings may have read from a file
   * @param indexes where the genres of artists are to be found while it runs
   */
  static Topology of(
      StreamsSettings settings, GenreFamilies families, AvroFormat avro, GenreIndexes indexes) {
    return new ArtistTopology(settings, families, avro, indexes).build();
  }

  /**
   * The topics between the parts of an app, as Kafka Streams names them. They are created with the
   * partitions of the state, and keep them.
   */
  static List<String> repartitionTopics(String applicationId) {
    return List.of(
        applicationId + "-" + PLACEMENT + "-repartition",
        applicationId + "-" + GENRES + "-repartition");
  }

  private Topology build() {
    StreamsConfig config = new StreamsConfig(settings.kafkaProperties());
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
    HomePartition home = new HomePartition(settings.partitions());
    KStream<byte[], Object> parsed =
        builder.stream(
                Topics.ARTIST_UPDATES.name(),
                Consumed.with(BYTES, BYTES)
                    .withName("updates")
                    .withTimestampExtractor(new RecordTime()))
            .process(
                () -> new ParseProcessor(home, new ObservedAhead(settings.observedAhead())),
                Named.as("parse"));
    KStream<byte[], Object> enriched = enriched(updatesByArtist(parsed), home, builder);
    ArtistTopology.<Artist>only(enriched)
        .to(
            TO_ARTISTS,
            Produced.with(BYTES, avro.serde(Topics.ARTISTS, Artist.class)).withName(ENRICHED));
    ArtistTopology.<Reject>only(parsed)
        .merge(only(enriched), Named.as(REJECTED))
        .to(
            TO_REJECTS,
            Produced.with(BYTES, avro.serde(Topics.ARTIST_REJECTS, Reject.class))
                .withName("artist-rejects"));
    writeTotals(only(enriched), builder);
    return builder.build(settings.kafkaProperties());
  }

  /**
   * What a processor forwards to one of its children. It forwards by the child's name, which spares
   * every record the way through an operator that tells kinds apart.
   */
  @SuppressWarnings("unchecked")
  private static <V> KStream<byte[], V> only(KStream<byte[], Object> forwarded) {
    return (KStream<byte[], V>) (KStream<byte[], ?>) forwarded;
  }

  private KStream<byte[], Update> updatesByArtist(KStream<byte[], Object> parsed) {
    KStream<byte[], Update> moved =
        ArtistTopology.<Update>only(parsed)
            .repartition(
                Repartitioned.<byte[], Update>as(PLACEMENT)
                    .withKeySerde(BYTES)
                    .withValueSerde(UpdateForm.serde())
                    .withNumberOfPartitions(settings.partitions()));
    return ArtistTopology.<Update>only(parsed).merge(moved, Named.as(AT_HOME));
  }

  private KStream<byte[], Object> enriched(
      KStream<byte[], Update> updates, HomePartition home, StreamsBuilder builder) {
    builder.addStateStore(
        log(
            ArtistProcessor.STATE,
            LogStores.MAX_SEGMENT_BYTES,
            Serdes.Bytes(),
            ArtistState.serde()));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(ArtistProcessor.MARKERS), Serdes.Bytes(), BYTES));
    return updates.process(
        () ->
            new ArtistProcessor(
                families,
                home,
                indexes,
                activity,
                settings.deletedHorizon(),
                settings.commitInterval()),
        Named.as("enrich"),
        ArtistProcessor.STATE,
        ArtistProcessor.MARKERS);
  }

  private void writeTotals(KStream<byte[], GenreParts> parts, StreamsBuilder builder) {
    builder.addStateStore(
        log(GenreProcessor.PARTS, GENRE_SEGMENT_BYTES, Serdes.Bytes(), KeptPart.serde()));
    builder.addStateStore(
        log(GenreProcessor.REPORTS, GENRE_SEGMENT_BYTES, Serdes.String(), GenreReport.serde()));
    Duration interval = settings.commitInterval();
    parts
        .repartition(
            Repartitioned.<byte[], GenreParts>as(GENRES)
                .withKeySerde(BYTES)
                .withValueSerde(GenreParts.serde())
                .withStreamPartitioner(GenreParts.partitioner())
                .withNumberOfPartitions(settings.partitions()))
        .process(
            () -> new GenreProcessor(families, interval, settings.partitions(), activity),
            Named.as("total"),
            GenreProcessor.PARTS,
            GenreProcessor.REPORTS)
        .to(
            TO_GENRES,
            Produced.<String, GenreFollowers>with(
                    Serdes.String(), avro.serde(Topics.GENRE_FOLLOWERS, GenreFollowers.class))
                .withName("genre-followers"));
  }

  private static <K, V> StoreBuilder<KeyValueStore<K, V>> log(
      String name, int segmentBytes, Serde<K> keys, Serde<V> values) {
    return Stores.keyValueStoreBuilder(LogStores.keyValueStore(name, segmentBytes), keys, values);
  }
}
