// Artists by number of followers.
import { axis, colour, draw, round, tooltip } from "./canvas.js";
import { compact, percent, whole } from "./format.js";

/** Below this width labels of the usual size would run together. */
const TIGHT = 340;

/** The value of each stack above its bars. */
const stackTotals = {
  id: "stackTotals",
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    ctx.save();
    ctx.fillStyle = colour("ink");
    const narrow = chart.width < 460;
    const tight = chart.width < TIGHT;
    ctx.font = (tight ? "600 9.5px " : "600 12.5px ") + Chart.defaults.font.family;
    ctx.textAlign = "center";
    chart.data.labels.forEach((_, i) => {
      const total = chart.data.datasets.reduce((sum, set) => sum + set.data[i], 0);
      const tops = chart.data.datasets.map((_, d) => chart.getDatasetMeta(d).data[i]);
      const y = Math.min(...tops.map((bar) => bar.y));
      const text = narrow ? compact(total) : whole(total);
      ctx.fillText(tight ? round(total).replace("\u00a0", "").replace(/\d{3}\.\d+/, Math.round) : text, tops[0].x, y - 7);
    });
    ctx.restore();
  },
};

export function distribution({ rows }) {
  const known = rows.map((r) => r.artists - r.artists_without_genre);
  const unknown = rows.map((r) => r.artists_without_genre);
  const all = rows.reduce((sum, r) => sum + r.artists, 0);
  const width = document.getElementById("distribution").parentElement.clientWidth;
  const narrow = width < 460;
  const tight = width < TIGHT;
  const from = (r) => lowest(r.from_followers) + (tight || r.to_followers === 0 ? "" : "+");
  draw("distribution", {
    type: "bar",
    plugins: [stackTotals],
    data: {
      labels: rows.map((r) => (narrow ? from(r) : band(r))),
      datasets: [
        { data: known, backgroundColor: colour("bar"), stack: "a", borderRadius: 3, categoryPercentage: .86, barPercentage: .94 },
        { data: unknown, backgroundColor: colour("bar-b"), stack: "a", borderRadius: 3, categoryPercentage: .86, barPercentage: .94 },
      ],
    },
    options: {
      interaction: { mode: "index", intersect: false },
      layout: { padding: { top: 22 } },
      scales: {
        x: axis({ title: tight ? "followers, from" : "followers", scale: { grid: { display: false } }, ticks: { maxRotation: 0, autoSkip: false, ...(tight && { font: { size: 10 } }) } }),
        y: axis({ ticks: { callback: (v) => round(v), maxTicksLimit: 6 } }),
      },
      plugins: {
        legend: { display: false },
        tooltip: tooltip(([point]) => {
          const row = rows[point.dataIndex];
          return [band(row) + " followers", ["Artists", whole(row.artists)], ["Share", percent(all ? row.artists / all : 0)], ["Without a genre", whole(row.artists_without_genre)]];
        }),
      },
    },
  }, "Artists by number of followers: " + rows.map((r) => band(r) + " followers " + r.artists).join(", "));
}

function lowest(n) {
  return n >= 1e6 ? n / 1e6 + "M" : n >= 1e3 ? n / 1e3 + "k" : String(n);
}

function band(row) {
  if (row.to_followers === null) return lowest(row.from_followers) + "+";
  if (row.to_followers === row.from_followers) return String(row.from_followers);
  return row.to_followers < 1000 ? row.from_followers + "–" + row.to_followers : lowest(row.from_followers) + "–" + lowest(row.to_followers + 1);
}
