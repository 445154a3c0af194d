// Which query feeds which card, with the choices of the viewer, and how to show its rows.
import { say } from "./dom.js";
import { distribution } from "./distribution.js";
import { growing } from "./growing.js";
import { count, sentence } from "./format.js";
import { rejects, topArtists, topGenres } from "./lists.js";
import { scatter } from "./scatter.js";
import { ask, path, source } from "./source.js";
import { state } from "./state.js";
import { tiles } from "./tiles.js";
import { trend } from "./trend.js";
import { arrived, failed } from "./waiting.js";

const scope = () => (source.explorable ? { genre: state.genre, tier: state.tier } : {});

const CARDS = {
  totals: { query: () => ["totals", scope()], show: tiles },
  "top-artists": {
    query: () => (state.genre && !source.explorable
      ? ["top_artists_of_genre", { genre: state.genre }]
      : [state.order === "popularity" ? "top_artists_by_popularity" : "top_artists_by_followers", scope()]),
    limit: 12,
    show: topArtists,
  },
  // one more than is shown, for the chosen genre itself
  genres: { query: () => ["genres", scope()], limit: 13, show: topGenres },
  trend: { query: () => ["genre_trend", scope()], show: trend },
  growing: {
    query: () => [state.growing === "genres" ? "fastest_growing_genres" : "fastest_growing_artists", { ...scope(), days: source.explorable && state.days !== "30" ? state.days : "" }],
    limit: 10,
    show: growing,
  },
  distribution: { query: () => ["follower_distribution", scope()], show: distribution },
  scatter: { query: () => ["popularity_by_followers", scope()], show: scatter },
  rejects: { query: () => ["rejects_by_reason", {}], limit: 8, show: rejects },
};

const known = new Map(); // card -> { path, document }
let asking = null;
let told = ""; // how many artists there are under which choices: a refresh that changes neither says nothing

/** Where the rows are that a card shows under the choices and the run of now. */
function wantedBy(card) {
  const [query, parameters] = card.query();
  return path(query, { ...parameters, limit: card.limit });
}

/** Parameters with which the page asks a query. */
export function parametersOf(query) {
  if (query === "artist" || query === "artist_history") return { artist: state.artist };
  const card = Object.values(CARDS).map((c) => c.query()).find(([name]) => name === query);
  return card ? card[1] : query === "artists_without_genre" ? scope() : {};
}

/** The query that feeds a card at the moment. */
export function queryOf(card) {
  return CARDS[card].query()[0];
}

/**
 * Brings every card to the choices and the run. Cards that are there already stay.
 * Gives the problems that there were, as sentences.
 */
export async function load() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const problems = [];
  let renewed = 0;
  await Promise.all(Object.entries(CARDS).map(async ([id, card]) => {
    const [query, parameters] = card.query();
    const wanted = wantedBy(card);
    if (known.get(id)?.path === wanted) {
      busy(id, false);
      return;
    }
    const patience = setTimeout(() => busy(id, true), 150);
    try {
      const document = await ask(query, { ...parameters, limit: card.limit }, signal);
      if (signal.aborted) return;
      known.set(id, { path: wanted, document });
      renewed++;
      arrived(place(id)); // first: a chart is as large as its place
      card.show(document);
    } catch (e) {
      if (signal.aborted) return;
      problems.push(e);
      // after a 404 the next round shows a newer run
      if (e.status !== 404) failed(place(id), sentence(e.message));
    } finally {
      clearTimeout(patience);
      if (!signal.aborted) busy(id, false);
    }
  }));
  if (renewed && !signal.aborted && known.has("totals")) tell(count(artists() ?? 0, "artist"), [state.tier, state.genre].filter(Boolean));
  return problems;
}

function tell(found, scope) {
  const text = scope.length ? found + " in " + scope.join(", ") : "";
  if (text && text !== told) say(text);
  told = text;
}

/**
 * Shows what is known again: another colour scheme, or another way to look at the same rows.
 * Rows of earlier choices stay as they are drawn: under the titles of the new ones they would be wrong.
 */
export function show() {
  for (const [id, card] of Object.entries(CARDS)) if (known.get(id)?.path === wantedBy(card)) card.show(known.get(id).document);
}

/** How many artists the whole run has; undefined before that is known. */
export function artists() {
  return known.get("totals")?.document.rows[0]?.artists;
}

function place(id) {
  return document.querySelector('[data-card="' + id + '"]');
}

function busy(id, yes) {
  place(id).setAttribute("aria-busy", String(yes));
}

export function sqlButtons(open) {
  for (const button of document.querySelectorAll("[data-query]")) button.addEventListener("click", () => open(button.dataset.query));
  for (const card of document.querySelectorAll(".card[data-card]")) {
    const button = card.querySelector(".sql");
    button.title = "The query behind this, its rows, and a CSV file of them";
    button.setAttribute("aria-label", "The query behind: " + card.querySelector("h2").textContent);
    button.addEventListener("click", () => open(queryOf(card.dataset.card)));
  }
}
