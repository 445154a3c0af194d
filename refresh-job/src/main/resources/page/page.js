// Starts the page: asks which run to show, and brings cards and dialogs to it and to the viewer's choices.
import { artist, drawHistory, showArtist } from "./artist.js";
import { forget } from "./canvas.js";
import { artists, load, parametersOf, show, sqlButtons } from "./cards.js";
import { choices, showChoices } from "./choice.js";
import { $, renewLinks } from "./dom.js";
import { filters, showFilters } from "./filters.js";
import { moment, sentence } from "./format.js";
import { poll } from "./poll.js";
import { runs, showRecord, showRuns } from "./runs.js";
import { json, source } from "./source.js";
import { go, onChange, state } from "./state.js";
import { overdue, tick } from "./tiles.js";
import { hideTip, showTip } from "./tip.js";
import { showTrace, trace } from "./trace.js";
import { allFailed } from "./waiting.js";

function dialogs() {
  showArtist();
  showTrace(parametersOf(state.query));
  showRecord();
}

async function refresh() {
  try {
    const status = await json("/api/status");
    source.skew = Date.parse(status.read_at) - Date.now();
    source.runs = status.runs;
    if (status.dashboard) {
      source.run = status.dashboard.run;
      source.queries = status.dashboard.queries;
      source.explorable = status.dashboard.explorable;
      source.refreshedAt = new Date(status.dashboard.refreshed_at);
    }
    showRuns();
    let problem;
    if (source.run) {
      showFilters();
      dialogs();
      const problems = await load();
      // a newer run came in between: the next round shows it
      problem = problems.find((p) => p.status !== 404);
    }
    empty(status);
    banner(problem ? trying(problem) : trouble(status));
    return !problem;
  } catch (e) {
    allFailed(sentence(e.message));
    banner(trying(e));
    return false;
  } finally {
    tick();
  }
}

function trying(problem) {
  return sentence(problem.message) + asOf() + " Trying again.";
}

function asOf() {
  return source.refreshedAt ? " The figures are those of " + moment(source.refreshedAt) + "." : "";
}

/** What is wrong although the server answers. */
function trouble(status) {
  const latest = status.runs[0];
  if (latest?.failure && latest.run > (status.dashboard?.run ?? "")) {
    return "The last refresh failed in step '" + latest.failure.step + "': " + sentence(latest.failure.reason) + asOf();
  }
  const late = overdue();
  return late ? late + " Is the scheduler running?" + asOf() : "";
}

function banner(text) {
  if ($("banner").textContent !== text) $("banner").textContent = text;
  $("banner").hidden = !text;
}

function empty(status) {
  const scoped = state.genre || state.tier;
  const nothing = !status.dashboard
    ? ["Nothing to show yet", "No refresh has finished. Publish an artist file, then refresh; this page fills itself in.", "./crescendo publish artists.csv\n./crescendo refresh"]
    : artists() === 0 && !scoped
      ? ["The warehouse holds no artists yet", "The last refresh found no artist. Publish a file, or type one record; the next refresh shows it.", "./crescendo publish artists.csv\necho '{\"id\":\"x1\",\"name\":\"X\",\"genres\":[\"pop\"],\"followers\":5}' | \\\n  ./crescendo kafka console-producer --topic artist-updates"]
      : null;
  document.body.dataset.state = nothing ? "empty" : "shown";
  $("empty").hidden = !nothing;
  if (!nothing) return;
  $("empty-title").textContent = nothing[0];
  $("empty-text").textContent = nothing[1];
  $("empty-command").textContent = nothing[2];
}

choices();
filters();
trace();
artist();
runs();
sqlButtons((query) => go({ query }));
showChoices();
showFilters();

for (const button of document.querySelectorAll("dialog .close")) button.addEventListener("click", () => button.closest("dialog").close());
for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

onChange(async (next, before) => {
  showChoices();
  showFilters();
  renewLinks();
  hideTip();
  dialogs();
  if (!source.run) return;
  const problems = await load();
  if (next.scale !== before.scale || next.genre !== before.genre) show();
  if (problems.length) banner(sentence(problems[0].message) + " Trying again.");
});

document.addEventListener("pointermove", (event) => {
  if (event.target instanceof HTMLCanvasElement) return; // charts show their own
  const line = event.target instanceof Element ? event.target.closest("li") : null;
  if (line?.tip) showTip(line.tip, event.clientX, event.clientY);
  else hideTip();
});
document.addEventListener("pointerleave", hideTip);
addEventListener("scroll", hideTip, { passive: true });

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  forget();
  show();
  drawHistory();
});

poll(refresh);
setInterval(() => { if (!document.hidden) tick(); }, 1000);
