package io.crescendo.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.crescendo.streams.Peers.Reply;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.InvalidStateStorePartitionException;
import org.apache.kafka.streams.state.HostInfo;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;

/**
 * Answers questions over HTTP, as {@code openapi.json} beside this class describes them. What lies
 * on another instance is asked of that one.
 *
 * <p>Listens before the app starts, because the app must tell the other instances where: until
 * {@link #answerFrom}, it is alive, but not ready.
 */
final class QuestionServer implements AutoCloseable {

  static final int DEFAULT_TOP = 10;
  static final int MAX_TOP = 1_000;
  static final int DEFAULT_GENRES = 100;
  static final int MAX_GENRES = 10_000;

  private static final String NO_SUCH_GENRE = "No artist carries the genre '%s'";

  /**
   * Genres may hold slashes, which come as %2F. What is no encoded text is refused; Javalin would
   * take it for a defect, or read other characters than were asked for.
   */
  private static final UriCompliance ANY_TEXT =
      UriCompliance.UNSAFE.without(
          "ANY_TEXT",
          Violation.UTF16_ENCODINGS,
          Violation.BAD_UTF8_ENCODING,
          Violation.TRUNCATED_UTF8_ENCODING,
          Violation.BAD_PERCENT_ENCODING);

  private final Measures measures;
  private final Set<String> paths = new TreeSet<>();
  private final Peers peers = new Peers();
  private final Javalin server;
  private final HostInfo address;
  private volatile Answering answering;

  /** Once there is an app behind it. */
  private record Answering(Questions questions, Supplier<State> state) {}

  private QuestionServer(HttpSettings settings, Measures measures) {
    this.measures = measures;
    this.server = Javalin.create(config -> configure(config, settings)).start();
    this.address = settings.address(server.port());
  }

  /**
   * Starts listening.
   *
   * @throws StreamsStartException if it cannot
   */
  static QuestionServer start(HttpSettings settings, Measures measures) {
    try {
      return new QuestionServer(settings, measures);
    } catch (JavalinException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StreamsStartException(
          "Questions cannot be answered on %s:%s: %s; set %s to another port, or to %s for none"
              .formatted(
                  settings.host(),
                  settings.port(),
                  cause,
                  Setting.HTTP_PORT.key(),
                  HttpSettings.OFF),
          e);
    }
  }

  void answerFrom(Questions questions, Supplier<State> state) {
    answering = new Answering(questions, state);
  }

  /** Where other instances reach it. */
  HostInfo address() {
    return address;
  }

  @Override
  public void close() {
    server.stop();
  }

  private void configure(JavalinConfig config, HttpSettings settings) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.jetty.host = settings.host();
    config.jetty.port = settings.port();
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setUriCompliance(ANY_TEXT);
        });
    config.jetty.modifyServletContextHandler(
        handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
    config.routes.before(
        context -> {
          if (!settings.answers(context.header("Host"))) {
            throw new Unanswered(
                HttpStatus.FORBIDDEN, "Ask for localhost or 127.0.0.1, not for another name", null);
          }
        });
    config.routes.before(
        context ->
            context
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store"));
    get(config, "/genres", this::genres);
    get(config, "/genres/{genre}", this::genre);
    get(config, "/genres/{genre}/top", this::top);
    get(config, "/artists/{id}", this::artist);
    get(config, "/health/live", context -> health(context, QuestionServer::isAlive));
    get(config, "/health/ready", context -> health(context, s -> s == State.RUNNING));
    get(
        config,
        "/metrics",
        context ->
            context
                .contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(measures.scrape()));
    String openapi = openapi();
    get(config, "/openapi.json", context -> context.contentType(HttpFailures.JSON).result(openapi));
    HttpFailures.configure(config);
  }

  private void get(JavalinConfig config, String path, Handler handler) {
    paths.add(path);
    config.routes.get(path, handler);
    // Else Javalin answers it with 200 without a look, and so an instance that is not ready, too.
    config.routes.head(path, handler);
  }

  /** Paths that it answers. */
  Set<String> paths() {
    return paths;
  }

  private void genres(Context context) {
    int most = number(context, DEFAULT_GENRES, MAX_GENRES);
    Questions questions = questions();
    if (isForwarded(context)) {
      Share<Answers.Genre> share = questions.genres(most);
      answerShare(context, share, share.told());
      return;
    }
    answer(
        context,
        whole(
            questions.holdersOfGenres(),
            () -> questions.genres(most),
            Peers.path("genres") + "?n=" + most,
            Answers::genres,
            Answers.Genre.BY_FOLLOWERS,
            most));
  }

  private void top(Context context) {
    String genre = genreName(context);
    int places = number(context, DEFAULT_TOP, MAX_TOP);
    Questions questions = questions();
    if (isForwarded(context)) {
      Share<Place> share = questions.top(genre, places);
      answerShare(context, share, Answers.Top.of(genre, share.told()));
      return;
    }
    List<Place> top =
        whole(
            questions.holdersOfArtists(),
            () -> questions.top(genre, places),
            Peers.path("genres", genre, "top") + "?n=" + places,
            json -> Answers.top(json).ranked(),
            Comparator.naturalOrder(),
            places);
    if (top.isEmpty()) {
      throw Unanswered.notFound(NO_SUCH_GENRE.formatted(genre));
    }
    answer(context, Answers.Top.of(genre, top));
  }

  private static void answerShare(Context context, Share<?> share, Object told) {
    context.header(Share.PARTITIONS, share.header());
    answer(context, told);
  }

  private static void answer(Context context, Object answer) {
    context.contentType(HttpFailures.JSON).result(Answers.json(answer));
  }

  /** Reads what another instance told. */
  private interface Told<T> {
    List<T> of(String json) throws JsonProcessingException;
  }

  /** Of the shares of all instances, this one among them. */
  private <T> List<T> whole(
      List<HostInfo> holders,
      Supplier<Share<T>> here,
      String question,
      Told<T> told,
      Comparator<T> order,
      int most) {
    List<Share<T>> shares = new ArrayList<>();
    for (HostInfo holder : holders) {
      shares.add(holder.equals(address) ? here.get() : shareOf(holder, question, told));
    }
    return Share.whole(shares, questions().partitions(), order, most);
  }

  private <T> Share<T> shareOf(HostInfo holder, String question, Told<T> told) {
    Reply reply = peers.ask(holder, question);
    try {
      if (reply.status() == HttpStatus.OK.getCode()) {
        // An instance that does not say what it covered is of a version that did not know.
        return Share.of(reply.header(Share.PARTITIONS).orElse(""), told.of(reply.json()));
      }
    } catch (JsonProcessingException | NumberFormatException e) {
      throw new Unanswered(
          HttpStatus.BAD_GATEWAY, "%s answered '%s'".formatted(holder, reply.json()), e);
    }
    throw Unanswered.notNow("%s has no answer now: %s".formatted(holder, reply.json()), null);
  }

  private void genre(Context context) {
    String genre = genreName(context);
    answer(
        context,
        questions().ownerOfGenre(genre),
        Peers.path("genres", genre),
        partition -> questions().genre(genre, partition),
        NO_SUCH_GENRE.formatted(genre));
  }

  private void artist(Context context) {
    String id = context.pathParam("id");
    answer(
        context,
        questions().ownerOfArtist(id),
        Peers.path("artists", id),
        partition -> questions().artist(id, partition),
        "There is no artist '%s'".formatted(id));
  }

  /** From here or from the owner, whose answer is passed on as it comes. */
  private void answer(
      Context context,
      KeyQueryMetadata owner,
      String question,
      IntFunction<Optional<?>> local,
      String unknown) {
    boolean here = owner.activeHost().equals(address);
    if (here || isForwarded(context)) {
      Object answer;
      try {
        answer = local.apply(owner.partition()).orElseThrow(() -> Unanswered.notFound(unknown));
      } catch (InvalidStateStorePartitionException e) {
        throw here
            ? Unanswered.notHere("Partition " + owner.partition() + " lies elsewhere", e)
            : e;
      }
      answer(context, answer);
    } else {
      Reply reply = peers.ask(owner.activeHost(), question);
      reply
          .header(HttpFailures.RETRY_AFTER)
          .ifPresent(seconds -> context.header(HttpFailures.RETRY_AFTER, seconds));
      context.status(reply.status()).contentType(HttpFailures.JSON).result(reply.json());
    }
  }

  private Questions questions() {
    Answering now = answering;
    if (now == null) {
      throw Unanswered.notNow("The app is starting; ask again in a moment", null);
    }
    return now.questions();
  }

  private void health(Context context, Predicate<State> good) {
    Answering now = answering;
    State state = now == null ? State.CREATED : now.state().get();
    context
        .status(good.test(state) ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .contentType(HttpFailures.JSON)
        .result(Answers.json(new Answers.Health(state.name().toLowerCase(Locale.ROOT))));
  }

  private static boolean isAlive(State state) {
    return state == State.CREATED || state.isRunningOrRebalancing();
  }

  private static boolean isForwarded(Context context) {
    return context.header(Peers.FORWARDED) != null;
  }

  /** Genres are kept in lower case. */
  private static String genreName(Context context) {
    List<String> names = GenreNames.normalised(List.of(context.pathParam("genre")));
    if (names.isEmpty()) {
      throw Unanswered.badRequest("The genre must not be blank");
    }
    return names.get(0);
  }

  private static int number(Context context, int usual, int max) {
    checkEncoding(context.queryString());
    String n = context.queryParam("n");
    if (n == null) {
      return usual;
    }
    if (n.matches("[0-9]{1,6}") && Integer.parseInt(n) >= 1 && Integer.parseInt(n) <= max) {
      return Integer.parseInt(n);
    }
    throw Unanswered.badRequest(
        "n must be a whole number from 1 to %s, got '%s'".formatted(max, n));
  }

  /** Javalin leaves out a parameter that it cannot decode, as if it had not been given. */
  private static void checkEncoding(String query) {
    try {
      URLDecoder.decode(query == null ? "" : query, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Unanswered.badRequest("The query must be percent-encoded, got '%s'".formatted(query));
    }
  }

  private static String openapi() {
    try (InputStream in = QuestionServer.class.getResourceAsStream("openapi.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("openapi.json cannot be read from the class path", e);
    }
  }
}
