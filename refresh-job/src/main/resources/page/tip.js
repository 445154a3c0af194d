// The tooltip that bars and charts share.

const tip = document.getElementById("tip");

/** Shows [title, [label, value]…] at a point of the window. Text only: names are data. */
export function showTip([title, ...lines], x, y) {
  const head = document.createElement("b");
  head.textContent = title;
  tip.replaceChildren(head, ...lines.map(([label, value]) => {
    const line = document.createElement("span");
    const left = document.createElement("span");
    left.textContent = label;
    const right = document.createElement("span");
    right.textContent = value;
    line.append(left, right);
    return line;
  }));
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  const left = x + 14 + box.width > innerWidth - 8 ? x - 14 - box.width : x + 14;
  tip.style.left = Math.max(8, left) + "px";
  tip.style.top = Math.max(8, Math.min(innerHeight - box.height - 8, y - box.height / 2)) + "px";
}

export function hideTip() {
  tip.hidden = true;
}
