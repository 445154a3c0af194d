// Popularity against followers; a dot leads to the artist that stands for it.
import { alpha, axis, clip, colour, draw, round, style, tooltip } from "./canvas.js";
import { whole } from "./format.js";
import { placeNames } from "./names.js";
import { go } from "./state.js";

const MOST_LETTERS = 22;
const CANDIDATES = 60;

/** Names of the dots that stand out, as many as there is room for; the others show theirs under the pointer. */
const dotNames = {
  id: "dotNames",
  /** Once per change of data or size, at the places that the dots are on their way to. */
  afterUpdate(chart) {
    const points = chart.data.datasets[0].data;
    const dots = chart.getDatasetMeta(0).data.map((dot, i) => ({ ...dot.getProps(["x", "y"], true), r: points[i].r }));
    write(chart.ctx, () => {
      const named = outstanding(points).slice(0, CANDIDATES).map((i) => {
        const text = clip(points[i].row.name, MOST_LETTERS);
        const size = chart.ctx.measureText(text);
        return { dot: dots[i], text, width: size.width, height: size.fontBoundingBoxAscent + size.fontBoundingBoxDescent, ascent: size.fontBoundingBoxAscent };
      });
      chart.$names = placeNames(named, dots, { ...chart.chartArea, top: 0, right: chart.width })
        .map((box, i) => box && { text: named[i].text, x: box.left, y: box.top + named[i].ascent })
        .filter(Boolean);
    });
  },
  afterDatasetsDraw({ ctx, $names: names }) {
    write(ctx, () => {
      for (const { text, x, y } of names) {
        // a rim of the card's colour keeps names readable over dots
        ctx.strokeText(text, x, y);
        ctx.fillText(text, x, y);
      }
    });
  },
};

function write(ctx, work) {
  ctx.save();
  ctx.font = "italic 13px " + style.getPropertyValue("--display");
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = colour("ink");
  ctx.strokeStyle = colour("card");
  ctx.lineWidth = 3;
  ctx.lineJoin = "round";
  work();
  ctx.restore();
}

/** Places of the points whose names say most: the most followed, the most popular and the oddest in turn. */
function outstanding(points) {
  const all = points.map((_, i) => i);
  const by = (worth) => [...all].sort((a, b) => worth(points[b]) - worth(points[a]));
  const orders = [by((p) => p.x), by((p) => p.y), by(oddity)];
  return [...new Set(all.flatMap((rank) => orders.map((order) => order[rank])))];
}

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
}

/** How far a dot is from where most artists of its popularity are; of many artists, one is not odd. */
function oddity({ x, y, row }) {
  return row.artists === 1 && x > 1000 ? Math.abs(Math.log10(x) - (1 + y / 14)) : 0;
}
