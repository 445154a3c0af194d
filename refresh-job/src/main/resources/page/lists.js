// Ranked lists of bars. They keep their elements, so that a refresh moves bars instead of replacing them.
import { $, element, lead, put } from "./dom.js";
import { compact, count, moment, whole, words } from "./format.js";
import { source } from "./source.js";
import { state } from "./state.js";

function fill(list, items, most, build) {
  while (list.children.length > items.length) list.lastChild.remove();
  items.forEach((item, i) => {
    let line = list.children[i];
    if (!line) {
      line = build();
      list.append(line);
    }
    for (const [part, text] of Object.entries(item.texts)) {
      const target = line.querySelector("." + part);
      if (target.textContent !== String(text)) target.textContent = text;
    }
    line.querySelector(".fill").style.width = (most ? Math.max(.4, 100 * item.size / most) : 0) + "%";
    line.tip = item.tip;
    if (item.go) lead(line.querySelector("a"), item.go);
  });
}

function rankedLine() {
  const name = element("span", "name", element("span", "who"), element("small", "aside"));
  const row = element("a", "row", element("span", "place"), name, element("span", "value"), element("span", "track", element("span", "fill")));
  return element("li", "", row);
}

export function topArtists({ rows }) {
  // where nothing else can be asked, a genre has its artists by followers only
  const byPopularity = state.order === "popularity" && (source.explorable || !state.genre);
  $("top-artists-title").textContent = state.genre ? "Top artists of " + state.genre : "Top artists";
  fill($("top-artists"), rows.map((r, i) => ({
    texts: { place: r.place ?? i + 1, who: r.name, aside: r.primary_genre ?? "", value: byPopularity ? whole(r.popularity) : compact(r.followers) },
    size: byPopularity ? r.popularity : r.followers,
    go: { artist: r.id },
    tip: [r.name, ["Followers", whole(r.followers)], ["Popularity", whole(r.popularity)], ["First genre", r.primary_genre ?? "–"]],
  })), byPopularity ? 100 : rows[0]?.followers, rankedLine);
  $("top-artists-nothing").hidden = rows.length > 0;
}

export function topGenres({ rows }) {
  $("genres-title").textContent = state.genre && source.explorable ? "Genres beside " + state.genre : "Genres by followers";
  const others = rows.filter((r) => r.genre !== state.genre || !source.explorable).slice(0, 12);
  fill($("top-genres"), others.map((r, i) => ({
    texts: { place: i + 1, who: r.genre, aside: count(r.artists, "artist"), value: compact(r.followers) },
    size: r.followers,
    go: { genre: r.genre },
    tip: [r.genre, ["Artists", whole(r.artists)], ["Followers", whole(r.followers)], ["Mean", compact(Math.round(r.mean_followers))], ["Median", compact(Math.round(r.median_followers))], ["Mean popularity", r.mean_popularity === null ? "–" : r.mean_popularity.toFixed(1)]],
  })), others[0]?.followers, rankedLine);
  put("genres-note", others.length ? "led by " + others[0].genre : "\u00a0");
  $("top-genres-nothing").hidden = others.length > 0;
}

export function rejects({ rows }) {
  fill($("rejects"), rows.map((r) => ({
    texts: { who: words(r.reason), value: whole(r.rejects), example: r.last_message },
    size: r.rejects,
    tip: [words(r.reason), ["Rejected", whole(r.rejects)], ["Last", moment(new Date(r.last_rejected_at))]],
  })), rows[0]?.rejects, () => element("li", "", element("span", "name", element("span", "who")), element("span", "value"), element("span", "track", element("span", "fill")), element("span", "example")));
  $("rejects-nothing").hidden = rows.length > 0;
  $("rejects-hint").hidden = !rows.length;
}
