// Buttons of which one is pressed, and selects; each stands for a part of the state.
import { go, state } from "./state.js";

export function choices() {
  for (const group of document.querySelectorAll(".choice")) {
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) go({ [group.dataset.choice]: button.value });
    });
  }
  for (const select of document.querySelectorAll("select[data-choice]")) {
    select.addEventListener("change", () => go({ [select.dataset.choice]: select.value }));
  }
}

export function showChoices() {
  for (const group of document.querySelectorAll(".choice")) {
    for (const button of group.children) button.setAttribute("aria-pressed", String(button.value === state[group.dataset.choice]));
  }
  for (const select of document.querySelectorAll("select[data-choice]")) select.value = state[select.dataset.choice];
}
