// What charts share. Each canvas keeps its Chart and only changes the data on a refresh.
import { compact, day } from "./format.js";
import { hideTip, showTip } from "./tip.js";

export const style = getComputedStyle(document.documentElement);
export const colour = (name) => style.getPropertyValue("--" + name).trim();
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const charts = new Map();

export function alpha(hex, share) {
  return hex + Math.round(share * 255).toString(16).padStart(2, "0");
}

/** A round number on an axis: "5 k", not "5.0 k". */
export function round(n) {
  return compact(n).replace(/(\.\d*?)0+(?=\D)/, "$1").replace(/\.(?=\D)/, "");
}

export function axis(extra = {}) {
  return {
    border: { display: false },
    grid: { color: colour("grid"), drawTicks: false },
    ticks: { color: colour("faint"), padding: 8, font: { size: 12 }, ...extra.ticks },
    title: { display: Boolean(extra.title), text: extra.title, color: colour("faint"), font: { size: 12 } },
    ...extra.scale,
  };
}

/** At most so many of the times, evenly picked, the last one among them. */
function spread(times, most) {
  const step = Math.ceil(times.length / most);
  return times.filter((_, i) => (times.length - 1 - i) % step === 0);
}

/** An axis of moments, in ms and ascending, named by their days. */
export function timeAxis(times) {
  return axis({
    scale: {
      type: "linear", min: times[0], max: times.at(-1), grid: { display: false },
      afterBuildTicks: (scale) => { scale.ticks = spread(times, Math.max(2, Math.floor(scale.width / 80))).map((value) => ({ value })); },
    },
    ticks: { maxRotation: 0, autoSkip: true, callback: (value) => day(new Date(value).toISOString().slice(0, 10)) },
  });
}

export function draw(id, config, label) {
  const canvas = document.getElementById(id);
  canvas.setAttribute("aria-label", label);
  const known = charts.get(id);
  if (known) {
    known.data = config.data;
    known.options = config.options;
    known.update(still ? "none" : undefined);
    return known;
  }
  Chart.defaults.font.family = style.getPropertyValue("--text");
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.animation.duration = still ? 0 : 500;
  const chart = new Chart(canvas, config);
  charts.set(id, chart);
  return chart;
}

/** A tooltip outside the canvas, made of text nodes; describe gives [title, [label, value]…]. */
export function tooltip(describe) {
  return {
    enabled: false,
    external: ({ chart, tooltip: model }) => {
      if (!model.opacity || !model.dataPoints?.length) return hideTip();
      const box = chart.canvas.getBoundingClientRect();
      showTip(describe(model.dataPoints), box.left + model.caretX, box.top + model.caretY);
    },
  };
}

export function clip(text, most) {
  const letters = Array.from(text);
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : text;
}

/** Lets go of the charts, so that they are drawn again with the colours of another scheme. */
export function forget() {
  for (const chart of charts.values()) chart.destroy();
  charts.clear();
}

/** Lets go of one chart, whose place is gone. */
export function drop(id) {
  charts.get(id)?.destroy();
  charts.delete(id);
}
