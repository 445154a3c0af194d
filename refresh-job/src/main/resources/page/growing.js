// The table of what grows fastest.
import { $, element, lead } from "./dom.js";
import { change, compact, count } from "./format.js";
import { source } from "./source.js";

export function growing({ rows }) {
  const kept = document.activeElement?.closest?.("#growing a")?.dataset.go;
  $("growing").replaceChildren(...rows.map((r) => {
    const name = r.name ?? r.genre;
    const aside = r.name ? r.primary_genre : count(r.artists, "artist");
    const anchor = lead(element("a", "who", name), r.name ? { artist: r.id } : { genre: r.genre });
    const cell = element("th", "who", anchor, aside ? element("small", "", aside) : null);
    cell.scope = "row";
    cell.title = name;
    return element("tr", "", cell, element("td", "number before", compact(r.followers_before)), element("td", "number", compact(r.followers)), element("td", "number before", "+" + compact(r.gained)), element("td", "number growth", change(r.growth)));
  }));
  // rows are new elements; the focus stays with the same name
  if (kept) [...$("growing").querySelectorAll("a")].find((a) => a.dataset.go === kept)?.focus();
  $("growing-nothing").hidden = rows.length > 0;
  $("growing-head").hidden = !rows.length;
  $("growing-since").textContent = source.explorable ? "" : "over 30 days";
}
