// Numbers, times and labels as people read them.

const SCALES = [[1e9, 2, "B"], [1e6, 1, "M"], [1e3, 1, "k"]];

/** 115998928 as "116.0 M", 8233890501 as "8.23 B", 988 as "988". */
export function compact(n) {
  if (n === null || n === undefined) return "–";
  const size = Math.abs(n);
  for (const [scale, digits, unit] of SCALES) {
    // what would round up to 1000 of a unit belongs to the next one
    if (size >= scale - 0.5 * scale / (1000 * 10 ** digits)) return (n / scale).toFixed(digits) + "\u00a0" + unit;
  }
  return Number.isInteger(n) ? String(n) : n.toFixed(1);
}

/** 37012 as "37,012". */
export function whole(n) {
  return n === null || n === undefined ? "–" : Math.round(n).toLocaleString("en-US");
}

/** 0.7042 as "70.4 %". */
export function percent(share, digits = 1) {
  return share === null || share === undefined ? "–" : (share * 100).toFixed(digits) + "\u00a0%";
}

/** 0.123 as "+12.3 %". */
export function change(share) {
  if (share === null || share === undefined) return "–";
  const size = Math.abs(share) < 0.1 ? 2 : Math.abs(share) < 10 ? 1 : 0;
  return (share > 0 ? "+" : share < 0 ? "\u2212" : "") + percent(Math.abs(share), size);
}

/** Time since a moment, as "12 s", "4 min", "3 h", "2 days". */
export function age(from, now) {
  const seconds = Math.max(0, Math.round((now - from) / 1000));
  if (seconds < 90) return seconds + " s";
  if (seconds < 90 * 60) return Math.round(seconds / 60) + " min";
  if (seconds < 36 * 3600) return Math.round(seconds / 3600) + " h";
  const days = Math.round(seconds / 86400);
  return days < 60 ? days + " days" : days < 730 ? Math.round(days / 30.4) + " months" : Math.round(days / 365) + " years";
}

/** Date and time in the zone of the viewer. */
export function moment(at) {
  return at.toLocaleString("en-GB", { day: "numeric", month: "short", ...year(at.getFullYear(), new Date().getFullYear()), hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** A day such as 2026-11-22, as "22 Nov". */
export function day(iso) {
  const at = new Date(iso + "T00:00:00Z");
  return at.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...year(at.getUTCFullYear(), new Date().getUTCFullYear()), timeZone: "UTC" });
}

/** Artist files may be years old: a year other than this one is told. */
function year(told, now) {
  return told === now ? {} : { year: "numeric" };
}

/** not_a_whole_number as "Not a whole number". */
export function words(name) {
  const text = name.replaceAll("_", " ").replace(/\bjson\b/, "JSON").replace(/\butf8\b/, "UTF-8");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A text with a full stop at its end, where it has none. */
export function sentence(text) {
  return /[.!?]$/.test(text) ? text : text + ".";
}

/** "1 artist", "2 artists". */
export function count(n, noun) {
  return whole(n) + " " + noun + (n === 1 ? "" : "s");
}

/** 123456 bytes as "123.5 kB". */
export function bytes(n) {
  return n < 1000 ? n + "\u00a0B" : n < 1e6 ? (n / 1e3).toFixed(1) + "\u00a0kB" : n < 1e9 ? (n / 1e6).toFixed(1) + "\u00a0MB" : (n / 1e9).toFixed(2) + "\u00a0GB";
}

/** A duration in seconds as "0.04 s", "12.3 s", "4 min". */
export function duration(seconds) {
  return seconds < .01 ? "under 0.01\u00a0s" : seconds < 1 ? seconds.toFixed(2) + "\u00a0s" : seconds < 90 ? seconds.toFixed(1) + "\u00a0s" : Math.round(seconds / 60) + "\u00a0min";
}
