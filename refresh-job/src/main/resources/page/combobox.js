// A text field with a list of suggestions, after the combobox pattern of the ARIA Authoring Practices.
import { element, say } from "./dom.js";
import { count } from "./format.js";

const PAUSE = 160;

/**
 * Makes input a combobox over list.
 * find(text, signal) gives items; option(item) gives what an option shows; choose(item) is called with the chosen one.
 */
export function combobox(input, list, { find, option, choose, nothing }) {
  let items = [];
  let active = -1;
  let timer = null;
  let asking = null;
  let awaiting = false; // the list, if there is one, answers an earlier text
  let then = null; // what a key pressed meanwhile does with the answer

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  list.setAttribute("role", "listbox");

  function close() {
    clearTimeout(timer);
    asking?.abort();
    awaiting = false;
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    active = index;
    [...list.children].forEach((child, i) => child.setAttribute("aria-selected", String(i === active)));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    items = found;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...items.map((item, i) => {
      const line = option(item);
      line.id = list.id + "-" + i;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      return line;
    }));
    if (!items.length) message(nothing(input.value.trim()));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (items.length) say(count(items.length, "suggestion"));
  }

  function message(text) {
    const line = element("li", "nothing", text);
    line.setAttribute("role", "option");
    line.setAttribute("aria-disabled", "true");
    list.replaceChildren(line);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    say(text);
  }

  function ask() {
    clearTimeout(timer);
    asking?.abort();
    const text = input.value.trim();
    if (!text) return close();
    awaiting = true;
    then = null;
    timer = setTimeout(async () => {
      asking = new AbortController();
      const { signal } = asking;
      try {
        const found = await find(text, signal);
        if (signal.aborted || document.activeElement !== input) return;
        awaiting = false;
        show(found);
        if (items.length) then?.();
      } catch (e) {
        if (!signal.aborted) {
          awaiting = false;
          items = [];
          message(e.message);
        }
      }
    }, PAUSE);
  }

  function pick(index) {
    const item = items[index];
    close();
    if (item) choose(item);
  }

  input.addEventListener("input", ask);
  input.addEventListener("focus", () => { if (input.value.trim() && !input.dataset.chosen) ask(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden && items.length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (awaiting) return void (then = () => mark(step > 0 ? 0 : items.length - 1));
      if (!open) return ask();
      mark((active + step + items.length + (active < 0 && step < 0 ? 1 : 0)) % items.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (awaiting) then = () => pick(0);
      else if (open) pick(Math.max(0, active));
      else ask();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (list.hidden) {
        input.value = "";
        input.dispatchEvent(new Event("input")); // what was chosen goes with it
      }
      close();
    }
  });
  // before the field loses the focus
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const line = event.target.closest("[role=option]");
    if (line) pick([...list.children].indexOf(line));
  });
}
