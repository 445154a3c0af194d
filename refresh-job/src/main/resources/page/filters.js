// Search, and what narrows the page: genre and tier.
import { combobox } from "./combobox.js";
import { $, element } from "./dom.js";
import { compact, count } from "./format.js";
import { ask, source } from "./source.js";
import { go, state } from "./state.js";

let placed = ""; // the genre that the field was last brought to

export function filters() {
  combobox($("search"), $("search-list"), {
    find: async (q, signal) => (await ask("search_artists", { q }, signal)).rows,
    option: (artist) => element("li", "", element("span", "who", artist.name), element("small", "", artist.primary_genre ?? "no genre"), element("b", "", compact(artist.followers))),
    nothing: (q) => "No artist’s name holds “" + q + "”",
    choose: (artist) => {
      $("search").value = "";
      go({ artist: artist.id });
    },
  });
  combobox($("genre"), $("genre-list"), {
    find: async (q, signal) => (await ask("genre_names", { q, limit: 12 }, signal)).rows,
    option: (genre) => element("li", "", element("span", "who", genre.genre), element("small", "", count(genre.artists, "artist")), element("b", "", compact(genre.followers))),
    nothing: (q) => "No genre holds “" + q + "”",
    choose: (genre) => {
      go({ genre: genre.genre });
      placeGenre(); // also where it is the genre that was chosen already
    },
  });
  $("genre").addEventListener("input", () => {
    delete $("genre").dataset.chosen;
    if (!$("genre").value) go({ genre: "" });
  });
  $("genre").addEventListener("blur", showFilters);
  $("clear").addEventListener("click", () => {
    go({ genre: "", tier: "" });
    $("genre").focus();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, select, textarea, dialog");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      $("search").focus();
    }
  });
}

function placeGenre() {
  const field = $("genre");
  placed = state.genre;
  if (field.value !== state.genre) field.value = state.genre;
  if (state.genre) field.dataset.chosen = "true";
  else delete field.dataset.chosen;
}

export function showFilters() {
  // what the viewer is typing stays until another genre is chosen or the field is left
  if (state.genre !== placed || document.activeElement !== $("genre")) placeGenre();
  $("clear").disabled = !state.genre && !state.tier; // always in its place: nothing moves when it is needed
  const off = source.run !== null && !source.explorable;
  $("search").disabled = $("tier").disabled = $("days").disabled = off;
  $("elsewhere").hidden = !off; // in the place of the search, so that nothing moves
  $("search-field").hidden = off;
  // a reject has no genre and no tier
  const unmoved = source.explorable && (state.genre || state.tier) ? ", all artists" : "";
  $("t-rejected").textContent = "Rejected" + unmoved;
  $("rejects-title").textContent = "Rejects by reason" + unmoved;
  const scope = [state.tier, state.genre].filter(Boolean).join(" · ");
  document.title = (scope ? scope + " · " : "") + "Crescendo: artists, genres and their followers";
}
