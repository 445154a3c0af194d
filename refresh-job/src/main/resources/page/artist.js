// One artist: figures, genres, and every observation.
import { axis, colour, draw, drop, round, timeAxis, tooltip } from "./canvas.js";
import { $, element, lead } from "./dom.js";
import { change, compact, count, day, moment, whole, words } from "./format.js";
import { ask, source } from "./source.js";
import { close, state } from "./state.js";

let shown = "";
let asking = null;
let points = []; // of the history chart

export function artist() {
  $("artist").addEventListener("close", () => {
    drop("history");
    close("artist");
  });
}

/** Shows the artist that the state names, again if a newer run is there. */
export async function showArtist() {
  if (!state.artist || !source.run) {
    asking?.abort();
    shown = "";
    if ($("artist").open) $("artist").close();
    return;
  }
  const wanted = source.run + "/" + state.artist;
  if (wanted === shown && $("artist").open) return;
  shown = wanted;
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  if (!$("artist").open) {
    begin("…");
    $("artist").showModal();
  }
  if (!source.explorable) return elsewhere();
  try {
    const parameters = { artist: state.artist };
    const [figures, history] = await Promise.all([ask("artist", parameters, signal), ask("artist_history", parameters, signal)]);
    fill(figures.rows[0], history.rows);
  } catch (e) {
    if (signal.aborted) return;
    shown = "";
    begin("The artist cannot be shown", e.message);
  }
}

function begin(title, note = "") {
  points = [];
  drop("history");
  $("artist-name").textContent = title;
  $("artist-note").textContent = note;
  $("artist-body").hidden = true;
}

function elsewhere() {
  // the id comes out of the address: nothing that a shell would act on may get into a command to copy
  const command = /^[A-Za-z0-9_-]+$/.test(state.artist)
    ? " This shows the history of the artist: ./crescendo query --services aws \"SELECT observed_at, followers FROM artists WHERE id = '" + state.artist + "' ORDER BY observed_at\""
    : "";
  begin("Ask where the run was made", "The run on this page was answered by services elsewhere, which this page does not ask by itself, because each question costs there." + command);
}

function fill(now, history) {
  const last = now ?? history[0];
  if (!last) return begin("No such artist", "Run " + source.run + " knows no artist with the id “" + state.artist + "”.");
  $("artist-body").hidden = false;
  $("artist-name").textContent = last.name;
  const all = history[0]?.observations ?? 0;
  $("artist-note").textContent = (now
    ? "First seen " + moment(new Date(now.first_seen_at)) + ", observed " + count(all, "time") + ", last " + moment(new Date(now.observed_at)) + "."
    : "This artist is gone; these are its last known figures.")
    + (all > history.length ? " Below are the latest " + whole(history.length) + " of " + whole(all) + " observations." : "");
  $("artist-genres").replaceChildren(...(now?.genres ?? []).map((genre) => element("li", "", lead(element("a", "chip", genre), { artist: "", genre }))));
  const kept = history.filter((h) => !h.late).reverse();
  const growth = kept.length > 1 && kept[0].followers > 0 ? last.followers / kept[0].followers - 1 : null;
  $("artist-figures").replaceChildren(
    figure("Followers", compact(last.followers), now ? "place " + whole(now.place) + " of " + whole(now.artists) : "–"),
    figure("Popularity", whole(last.popularity), "of 100"),
    figure("Tier", now ? words(now.follower_tier ?? "–") : "–", now?.genre_family ? "family: " + now.genre_family : "\u00a0"),
    figure("Growth", change(growth), kept.length > 1 ? "since " + day(kept[0].observed_at.slice(0, 10)) : "needs a second observation"),
  );
  $("artist-observations").replaceChildren(...history.map((h) => element("tr", h.late ? "late" : "",
    element("td", "", moment(new Date(h.observed_at))),
    element("td", "number", whole(h.followers)),
    element("td", "number", h.gained === null ? "–" : (h.gained > 0 ? "+" : "") + whole(h.gained)),
    element("td", "number", whole(h.popularity)),
    element("td", "from", [h.late ? "late" : "", h.deleted ? "gone" : "", h.source ?? ""].filter(Boolean).join(" · ")))));
  $("history-plot").hidden = kept.length < 2;
  points = kept.map((h) => ({ x: Date.parse(h.observed_at), y: h.followers }));
  drawHistory();
}

function figure(label, value, note) {
  return element("div", "", element("dt", "", label), element("dd", "figure", value), element("dd", "note", note));
}

/** Draws the history, again after the colours have changed. */
export function drawHistory() {
  if (!$("artist").open || points.length < 2) return;
  draw("history", {
    type: "line",
    data: { datasets: [{ data: points, borderColor: colour("bar"), backgroundColor: colour("bar"), borderWidth: 2, cubicInterpolationMode: "monotone", pointRadius: points.length > 60 ? 0 : 3.5, pointHoverRadius: 5, clip: false }] },
    options: {
      animation: false,
      interaction: { mode: "nearest", axis: "x", intersect: false },
      layout: { padding: { top: 8, right: 16 } },
      scales: {
        x: timeAxis(points.map((p) => p.x)),
        y: axis({ ticks: { maxTicksLimit: 5, callback: (v) => round(v) }, scale: { grace: "8%" } }),
      },
      plugins: { legend: { display: false }, tooltip: tooltip(([p]) => [moment(new Date(p.parsed.x)), ["Followers", whole(p.parsed.y)]]) },
    },
  }, "Followers over time: " + points.slice(-30).map((p) => new Date(p.x).toISOString().slice(0, 10) + " " + p.y).join(", "));
}
