// Asks again and again: slower while nobody answers, and not at all while nobody looks.

const EVERY = 5000;
const SLOWEST = 60_000;
let wait = EVERY;
let timer = null;
let going = false;

/** Runs work at once, then again EVERY ms after it is done; work says whether it went well. */
export function poll(work) {
  async function round() {
    clearTimeout(timer);
    if (going || document.hidden) return;
    going = true;
    let well = false;
    try {
      well = await work();
    } finally {
      // also after an error that nobody foresaw: a page that stays open must not stop asking
      going = false;
      wait = well ? EVERY : Math.min(SLOWEST, wait * 1.6);
      clearTimeout(timer);
      if (!document.hidden) timer = setTimeout(round, wait);
    }
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else round();
  });
  addEventListener("online", round);
  round();
}
