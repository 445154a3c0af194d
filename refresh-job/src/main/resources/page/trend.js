// Lines by genre. Days stand as far apart as they are.
import { axis, colour, draw, round, timeAxis, tooltip } from "./canvas.js";
import { $, element, lead } from "./dom.js";
import { change, compact, day } from "./format.js";
import { state } from "./state.js";

const SHAPES = ["circle", "rect", "triangle", "rectRot"];
const MOST_MARKED = 40;

function lines(rows, days) {
  const byGenre = new Map();
  for (const row of rows) byGenre.set(row.genre, (byGenre.get(row.genre) ?? new Map()).set(row.day, row.followers));
  return [...byGenre].map(([genre, byDay]) => {
    const counts = days.map((d) => byDay.get(d) ?? null);
    const base = counts.find((n) => n > 0);
    return { genre, counts, changes: counts.map((n) => (n === null || !base ? null : n / base - 1)) };
  });
}

export function trend({ rows }) {
  const days = [...new Set(rows.map((r) => r.day))].sort();
  const enough = days.length > 1;
  $("trend-nothing").hidden = enough;
  $("trend").hidden = !enough;
  // on its first day nothing has changed: the genres stand with their followers
  const followers = state.scale === "followers" || !enough;
  const values = (line) => (followers ? line.counts : line.changes);
  const all = lines(rows, days).sort((a, b) => values(b).at(-1) - values(a).at(-1) || (a.genre < b.genre ? -1 : 1));
  $("trend-legend").textContent = followers ? "followers of the most followed genres" : "followers of the most followed genres, compared with their first day";
  legend(all, followers);
  if (!enough) return;
  const times = days.map((d) => Date.parse(d));
  draw("trend", {
    type: "line",
    data: {
      datasets: all.map((line, i) => ({
        label: line.genre,
        data: values(line).map((y, d) => ({ x: times[d], y })),
        borderColor: colour("c" + (i % 8 + 1)),
        backgroundColor: colour("c" + (i % 8 + 1)),
        borderWidth: 2,
        cubicInterpolationMode: "monotone",
        pointStyle: SHAPES[i % 4],
        // of many days the last one only: marks would run into each other, and without any, lines differ by colour alone
        pointRadius: days.map((_, d) => (days.length <= MOST_MARKED ? 3.5 : d === days.length - 1 ? 5 : 0)),
        pointHoverRadius: 5,
        clip: false,
      })),
    },
    options: {
      interaction: { mode: "index", intersect: false },
      layout: { padding: { top: 8, right: 14 } },
      scales: {
        x: timeAxis(times),
        y: axis({ ticks: { maxTicksLimit: 6, callback: (v) => (followers ? round(v) : change(v).replace(/\.0+(?=\D)/, "")) }, scale: followers ? {} : { beginAtZero: true, suggestedMax: .01 } }),
      },
      plugins: {
        legend: { display: false },
        tooltip: tooltip((points) => [
          day(days[points[0].dataIndex]),
          ...points.map((p) => [p.dataset.label, followers ? compact(p.parsed.y) : change(p.parsed.y)]),
        ]),
      },
    },
  }, "Followers by genre and day, " + day(days[0]) + " to " + day(days.at(-1)) + ": " + all.map((l) => l.genre + " " + compact(l.counts.at(-1))).join(", "));
}

function legend(all, followers) {
  const list = $("trend-names");
  while (list.children.length > all.length) list.lastChild.remove();
  all.forEach((line, i) => {
    if (!list.children[i]) list.append(element("li", "", element("a", "", element("i", "mark c" + (i % 8 + 1) + " " + SHAPES[i % 4]), element("span", "who"), element("b"))));
    const anchor = lead(list.children[i].firstChild, { genre: line.genre });
    anchor.querySelector(".who").textContent = line.genre;
    anchor.querySelector("b").textContent = followers ? compact(line.counts.at(-1)) : change(line.changes.at(-1));
  });
}
