// Popularity against followers; a dot leads to the artist that stands for it.
import { alpha, axis, clip, colour, draw, round, style, tooltip } from "./canvas.js";
import { whole } from "./format.js";
import { go } from "./state.js";

/** Names of the dots that stand out, where there is room. */
const dotNames = {
  id: "dotNames",
  afterDatasetsDraw(chart) {
    const { ctx, chartArea } = chart;
    const dots = chart.getDatasetMeta(0).data;
    const taken = [];
    ctx.save();
    ctx.font = "italic 13px " + style.getPropertyValue("--display");
    ctx.fillStyle = colour("ink");
    ctx.strokeStyle = colour("card");
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    for (const i of chart.$named ?? []) {
      const text = clip(chart.data.datasets[0].data[i].row.name, 22);
      const width = ctx.measureText(text).width;
      const right = dots[i].x + 10 + width < chartArea.right + 8;
      const x = right ? dots[i].x + 10 : dots[i].x - 10 - width;
      const y = dots[i].y + 4;
      if (x < chartArea.left || taken.some((t) => Math.abs(t.y - y) < 16 && x < t.x + t.width && t.x < x + width)) continue;
      taken.push({ x, y, width });
      // a rim of the card's colour keeps names readable over dots
      ctx.strokeText(text, x, y);
      ctx.fillText(text, x, y);
    }
    ctx.restore();
  },
};

export function scatter({ rows }) {
  const most = Math.max(1, ...rows.map((r) => r.artists));
  const narrow = document.getElementById("scatter").parentElement.clientWidth < 460;
  const points = rows.map((row) => ({
    x: row.followers,
    y: row.popularity,
    r: (narrow ? 1.5 : 2.2) + (narrow ? 6 : 9) * Math.sqrt((row.artists - 1) / most),
    row,
  }));
  const chart = draw("scatter", {
    type: "bubble",
    plugins: [dotNames],
    data: { datasets: [{ data: points, backgroundColor: alpha(colour("bar"), .42), hoverBackgroundColor: colour("accent"), borderWidth: 0, hoverRadius: 2, clip: false }] },
    options: {
      interaction: { mode: "nearest", intersect: true },
      layout: { padding: { top: 8, right: 10 } },
      onClick: (_, [dot]) => { if (dot) go({ artist: chart.data.datasets[0].data[dot.index].row.id }); },
      onHover: (event, [dot]) => { event.native.target.classList.toggle("hit", Boolean(dot)); },
      scales: {
        x: axis({ title: "followers", scale: { type: "logarithmic", min: 1, max: 1.5 * Math.max(10, ...rows.map((r) => r.followers)) }, ticks: { maxRotation: 0, callback: (v) => (Number.isInteger(Math.log10(v)) ? round(v) : null) } }),
        y: axis({ title: "popularity", scale: { min: 0, max: 100 }, ticks: { stepSize: 20 } }),
      },
      plugins: {
        legend: { display: false },
        tooltip: tooltip(([point]) => {
          const row = point.raw.row;
          const title = row.artists === 1 ? row.name : row.name + " and " + whole(row.artists - 1) + " much like it";
          return [title, ["Followers", whole(row.followers)], ["Popularity", whole(row.popularity)]];
        }),
      },
    },
  }, "Popularity against followers in " + rows.length + " cells");
  const order = points.map((_, i) => i);
  chart.$named = [
    ...order.slice().sort((a, b) => rows[b].followers - rows[a].followers).slice(0, 4),
    ...order.slice().sort((a, b) => points[b].y - points[a].y).slice(0, 4),
    ...order.filter((i) => rows[i].artists === 1 && rows[i].followers > 1000).sort((a, b) => unusual(points[b]) - unusual(points[a])).slice(0, 3),
  ];
  chart.update("none");
}

/** How far a dot is from where most artists of its popularity are. */
function unusual(point) {
  return Math.abs(Math.log10(point.x) - (1 + point.y / 14));
}
