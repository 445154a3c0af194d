// The figures on top, and how fresh they are.
import { $, put } from "./dom.js";
import { age, compact, count, moment, percent, whole } from "./format.js";
import { source } from "./source.js";

let newestObservation = null;

export function tiles({ rows: [totals] }) {
  put("artists", whole(totals?.artists));
  put("artists-note", totals?.newest_observation ? "as of " + new Date(totals.newest_observation).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" }) : "none observed");
  put("followers", compact(totals?.followers_total));
  put("followers-note", totals?.artists ? compact(totals.followers_total / totals.artists) + " on average" : "\u00a0");
  put("genres", whole(totals?.genres));
  put("without-genre", totals?.artists ? percent(totals.artists_without_genre / totals.artists) : "–");
  put("without-genre-note", totals ? count(totals.artists_without_genre, "artist") : "\u00a0");
  put("rejected", whole(totals?.rejected));
  put("rejected-note", totals?.rejected ? recentRejects() : "none broke a rule");
  $("rejected-note").dataset.query = check();
  newestObservation = totals?.newest_observation ?? newestObservation;
  tick();
}

function record() {
  return source.runs.find((r) => r.run === source.run);
}

/** When the newest record came in: the run's check says so; without one the newest observation is the nearest thing. */
function newest() {
  return record()?.freshness?.newest ?? newestObservation;
}

/** The query behind the figures of the run's check. */
function check() {
  return source.queries.includes("landed") ? "landed" : "totals";
}

function recentRejects() {
  const share = record()?.freshness?.reject_share;
  return share === undefined || share === null ? "of all artists’ records" : percent(share, share > 0 && share < .001 ? 2 : 1) + " of the last 24 h";
}

/** How far apart runs are usually, in ms: the middle distance of the latest ones. */
function rhythm() {
  const starts = source.runs.map((r) => Date.parse(r.started_at));
  const distances = starts.slice(1).map((start, i) => starts[i] - start).sort((a, b) => a - b);
  return distances.length < 3 ? null : distances[Math.floor(distances.length / 2)];
}

/** Whether a run is overdue, as a sentence; empty if not. */
export function overdue() {
  const usual = rhythm();
  if (!usual || !source.refreshedAt) return "";
  const since = Date.now() + source.skew - source.refreshedAt;
  const late = since > Math.max(3 * usual, 5 * 60_000);
  return late ? "No refresh for " + age(0, since) + ", where there was one every " + age(0, usual) + " before." : "";
}

export function tick() {
  if (!source.refreshedAt) return;
  const now = Date.now() + source.skew;
  const at = newest();
  put("age", at ? age(Date.parse(at), now) : "–");
  $("age").dataset.query = check();
  put("refreshed-at", "refreshed " + age(source.refreshedAt.getTime(), now) + " ago");
  $("age").title = (at ? "Newest record: " + moment(new Date(at)) + ". " : "") + "Refreshed " + moment(source.refreshedAt);
  $("age").classList.toggle("stale", overdue() !== "");
}
