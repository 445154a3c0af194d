// Elements out of data. Text is always text: names are data, never markup.
import { link } from "./state.js";

export const $ = (id) => document.getElementById(id);

export function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content.filter((c) => c !== null && c !== undefined).map((c) => (c instanceof Node ? c : String(c))));
  return made;
}

/** Lets a link make choices when it is followed. */
export function lead(anchor, changes) {
  const choices = JSON.stringify(changes);
  if (anchor.dataset.go !== choices) anchor.dataset.go = choices;
  anchor.setAttribute("href", link(changes));
  return anchor;
}

/** Every link again, after the choices that it keeps have changed. */
export function renewLinks() {
  for (const anchor of document.querySelectorAll("a[data-go]")) anchor.setAttribute("href", link(JSON.parse(anchor.dataset.go)));
}

/** Puts a text where it differs; a figure that changed shows so for a moment. */
export function put(id, text) {
  const target = $(id);
  if (target.textContent === text) return;
  const first = target.textContent.trim() === "";
  target.textContent = text;
  if (target.classList.contains("note")) target.title = text;
  if (target.classList.contains("figure") && !first && id !== "age") {
    target.classList.remove("changed");
    void target.offsetWidth; // restarts the animation
    target.classList.add("changed");
  }
}

/** Tells those who hear the page. */
export function say(text) {
  $("live").textContent = text;
}

/** A table of cells; numeric columns stand right. */
export function table(caption, columns, rows) {
  const head = element("tr", "", ...columns.map((c) => {
    const cell = element("th", c.number ? "number" : "", c.name);
    cell.scope = "col";
    return cell;
  }));
  const body = element("tbody", "", ...rows.map((row) => element("tr", "", ...row.map((value, i) => element("td", columns[i].number ? "number" : "", value)))));
  return element("table", "", element("caption", "hidden", caption), element("thead", "", head), body);
}
