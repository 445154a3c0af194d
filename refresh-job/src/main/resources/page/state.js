// What the viewer has chosen. It lives in the address, so that a link shows the same and Back undoes a choice.

const DEFAULTS = {
  genre: "", tier: "", days: "30", order: "followers", scale: "change", growing: "artists",
  artist: "", query: "", record: "",
};
/** Parts that are a dialog over the page: closing one goes back to where it was opened. */
const DIALOGS = ["artist", "query", "record"];
const listeners = [];

function read() {
  const given = new URLSearchParams(location.search);
  return Object.fromEntries(Object.entries(DEFAULTS).map(([name, value]) => [name, given.get(name) ?? value]));
}

export let state = read();

function address(next) {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(next)) if (value !== DEFAULTS[name]) given.set(name, value);
  const text = given.toString();
  return location.pathname + (text ? "?" + text : "");
}

/** The address with some choices changed, for a link. */
export function link(changes) {
  return address({ ...state, ...changes });
}

/** Makes choices; what did not change makes no new entry in the history. */
export function go(changes) {
  const next = { ...state, ...changes };
  if (address(next) === address(state)) return;
  const opened = DIALOGS.find((name) => next[name] && !state[name]) ?? "";
  history.pushState({ opened }, "", address(next));
  become(next);
}

/** Closes a dialog: back to where it was opened, or on, if the page was opened with it. */
export function close(name) {
  if (!state[name]) return;
  become({ ...state, [name]: "" });
  follow();
}

let goingBack = false;

/** Brings the address after what was closed. Going back takes a while, in which the next dialog may be closed. */
function follow() {
  if (goingBack) return;
  const opened = history.state?.opened;
  if (opened && !state[opened]) {
    goingBack = true;
    history.back();
  } else if (address(state) !== location.pathname + location.search) {
    history.pushState({ opened: "" }, "", address(state));
  }
}

export function onChange(listener) {
  listeners.push(listener);
}

function become(next) {
  const before = state;
  state = next;
  for (const listener of listeners) listener(state, before);
}

addEventListener("popstate", () => {
  if (goingBack) {
    goingBack = false;
    follow();
  } else {
    become(read());
  }
});

/** Links made by link() change the choices without loading the page again. */
document.addEventListener("click", (event) => {
  const anchor = event.target instanceof Element ? event.target.closest("a[data-go]") : null;
  if (!anchor || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(JSON.parse(anchor.dataset.go));
});
