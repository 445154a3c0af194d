// The query behind a figure: what it counts, its SQL, its rows, and the rows as a file.
import { $, element, table } from "./dom.js";
import { count, duration, moment, whole } from "./format.js";
import { ask, path, source } from "./source.js";
import { close, state } from "./state.js";

const ROWS = 100;
const NUMBERS = /^(tinyint|smallint|integer|bigint|double|real|decimal.*)$/;
let shownPath = "";
let asking = null;

export function trace() {
  $("query").addEventListener("close", () => close("query"));
  $("copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText($("query-sql").textContent);
      $("copy").textContent = "Copied";
    } catch {
      getSelection().selectAllChildren($("query-sql"));
      $("copy").textContent = "Selected; copy it now";
    }
    setTimeout(() => { $("copy").textContent = "Copy SQL"; }, 2000);
  });
}

/** Shows the query that the state names; parameters are those of the card that it feeds. */
export async function showTrace(parameters) {
  if (!state.query || !source.run) {
    asking?.abort();
    shownPath = "";
    if ($("query").open) $("query").close();
    return;
  }
  const wanted = path(state.query, parameters);
  if (wanted === shownPath && $("query").open) return;
  shownPath = wanted;
  asking?.abort();
  asking = new AbortController();
  if (!$("query").open) {
    $("query-title").textContent = "…";
    for (const id of ["query-description", "query-facts", "query-sql"]) $(id).textContent = "";
    $("query-rows").replaceChildren();
    $("query").showModal();
  }
  try {
    fill(await ask(state.query, { ...parameters, limit: ROWS }, asking.signal), parameters);
  } catch (e) {
    if (e.name === "AbortError") return;
    $("query-title").textContent = "The query cannot be shown";
    $("query-description").textContent = e.message;
    shownPath = "";
  }
}

function seconds(document) {
  if (document.seconds !== null) return document.seconds;
  const record = source.runs.find((r) => r.run === document.run);
  return record?.steps.find((s) => s.name === "query " + document.name)?.seconds;
}

function fill(document, parameters) {
  $("query-title").textContent = document.title;
  $("query-description").textContent = document.description;
  const took = seconds(document);
  const given = Object.entries(document.parameters).map(([name, value]) => ":" + name + " = " + value);
  $("query-facts").textContent = [
    count(document.total_rows, "row") + (document.complete ? "" : " and more"),
    "run of " + moment(source.refreshedAt),
    took === undefined ? null : "answered in " + duration(took),
    ...given,
  ].filter(Boolean).join(" · ");
  $("query-sql").textContent = document.sql;
  const file = $("download");
  file.setAttribute("href", path(document.name, parameters, ".csv"));
  const columns = document.columns.map((c) => ({ name: c.name, number: NUMBERS.test(c.type) }));
  $("query-rows").replaceChildren(
    table("Rows of: " + document.title, columns, document.values.map((row) => row.map((value, i) => cell(value, columns[i])))),
    ...(document.total_rows > document.values.length ? [element("p", "note", left(document))] : []),
  );
}

/** What the table leaves out, and the file does not. */
function left({ values, total_rows: total, complete }) {
  return complete
    ? "The first " + values.length + " of " + whole(total) + " rows; the file has all of them."
    : "The first " + values.length + " rows; the file has the first " + whole(total) + ", after which the answer was cut.";
}

function cell(value, column) {
  if (value === null) return "–";
  if (!column.number) return Array.isArray(value) ? value.join(", ") : value;
  return Number.isInteger(value) ? value.toLocaleString("en-US") : value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
}
