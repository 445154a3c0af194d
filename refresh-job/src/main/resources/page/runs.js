// The latest runs, and the record of one.
import { $, element, lead, table } from "./dom.js";
import { age, bytes, duration, moment, whole, words } from "./format.js";
import { source } from "./source.js";
import { close, state } from "./state.js";
import { arrived } from "./waiting.js";

let drawn = "";

export function runs() {
  $("record").addEventListener("close", () => close("record"));
}

function seconds(run) {
  return (Date.parse(run.finished_at) - Date.parse(run.started_at)) / 1000;
}

function rows(run) {
  return run.tables.reduce((sum, t) => sum + t.rows, 0);
}

export function showRuns() {
  arrived($("runs-card"));
  const key = source.runs.map((r) => r.run).join();
  if (key === drawn) return;
  drawn = key;
  const longest = Math.max(.001, ...source.runs.map(seconds));
  const kept = document.activeElement?.closest?.("#runs a")?.dataset.go;
  $("runs").replaceChildren(...source.runs.map((run) => {
    const bar = element("span", "fill");
    bar.style.width = Math.max(2, 100 * seconds(run) / longest) + "%";
    const start = element("th", "", lead(element("a", "", moment(new Date(run.started_at))), { record: run.run }));
    start.scope = "row";
    return element("tr", run.failure ? "failed" : "",
      start,
      element("td", "outcome", run.failure ? "✕ " : "✓ ", words(run.outcome.toLowerCase())),
      element("td", "took", element("span", "track", bar)),
      element("td", "number", duration(seconds(run))),
      element("td", "number before", whole(rows(run))),
      element("td", "why before", run.failure ? run.failure.step + ": " + run.failure.reason : ""));
  }));
  if (kept) [...$("runs").querySelectorAll("a")].find((a) => a.dataset.go === kept)?.focus();
  const failed = source.runs.filter((r) => r.failure).length;
  $("runs-note").textContent = source.runs.length ? "the latest " + source.runs.length + ", " + (failed ? failed + " failed" : "none failed") : "";
}

export function showRecord() {
  const run = source.runs.find((r) => r.run === state.record);
  if (!state.record || !source.run && !source.runs.length) {
    if ($("record").open) $("record").close();
    return;
  }
  if ($("record").open && $("record-run").textContent === state.record) return;
  $("record-run").textContent = state.record;
  if (!run) {
    $("record-title").textContent = "The record is not here";
    $("record-note").textContent = "It is not among the latest " + source.runs.length + " runs; ./crescendo refresh history shows older ones.";
    $("record-body").replaceChildren();
  } else {
    fill(run);
  }
  if (!$("record").open) $("record").showModal();
}

/** Rows since the last run that succeeded. */
function more(table) {
  const before = table.rows_before;
  return before === null || before === undefined ? "–" : (table.rows > before ? "+" : "") + whole(table.rows - before);
}

function fill(run) {
  $("record-title").textContent = "Run of " + moment(new Date(run.started_at));
  $("record-note").textContent = words(run.outcome.toLowerCase()) + " after " + duration(seconds(run)) + ", " + age(Date.parse(run.finished_at), Date.now() + source.skew) + " ago, by " + run.owner;
  const parts = [];
  if (run.failure) parts.push(element("p", "failure", "Step “" + run.failure.step + "”: " + run.failure.reason));
  if (run.checks?.length) {
    parts.push(element("h3", "", "Checks"), element("ul", "checks", ...run.checks.map((c) => element("li", c.passed ? "passed" : "failed", (c.passed ? "✓ " : "✕ ") + c.message))));
  }
  if (run.freshness) {
    const { age_seconds: seconds, recent_records: records, recent_rejects: rejects } = run.freshness;
    parts.push(element("p", "", "The newest record was " + (seconds === null ? "not there" : age(0, seconds * 1000) + " old") + "; of " + whole(records) + " records of the 24 hours before, " + whole(rejects) + " were rejected."));
  }
  parts.push(
    element("h3", "", "Tables"),
    table("Tables of the run", [{ name: "Table" }, { name: "Files", number: true }, { name: "Rows", number: true }, { name: "New", number: true }, { name: "Size", number: true }], run.tables.map((t) => [t.name, whole(t.files), whole(t.rows), more(t), bytes(t.bytes)])),
    element("h3", "", "Steps"),
    table("Steps of the run", [{ name: "Step" }, { name: "Tries", number: true }, { name: "Took", number: true }], run.steps.map((s) => [s.name, s.attempts ?? 1, duration(s.seconds)])),
  );
  $("record-body").replaceChildren(...parts);
}
