// What a card shows before its first rows: that it waits, or why it has none. Rows that came once stay.
import { element } from "./dom.js";

/** Takes away what stood for the rows of a card. */
export function arrived(card) {
  card.dataset.state = "shown";
  card.setAttribute("aria-busy", "false");
  card.querySelector(".problem")?.remove();
}

/** Says in a card that has no rows yet why they do not come. */
export function failed(card, reason) {
  if (card.dataset.state === "shown") return;
  card.dataset.state = "failed";
  card.setAttribute("aria-busy", "false");
  const place = card.querySelector(".list, .plot, .scroll");
  if (!place) return; // tiles have room for a dash
  const problem = card.querySelector(".problem") ?? place.appendChild(element("p", "nothing problem"));
  problem.textContent = "Not loaded: " + reason + " Trying again.";
}

/** Says so in every card that has no rows yet. */
export function allFailed(reason) {
  for (const card of document.querySelectorAll("[data-state]:is(.tiles, .card)")) failed(card, reason);
}
