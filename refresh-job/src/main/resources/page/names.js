// Where the names of dots fit: none over another, over many dots, or out of the chart.

const GAP = 5;
const MOST_COVERED = 1;

const apart = (a, b) => a.right + GAP <= b.left || b.right + GAP <= a.left || a.bottom <= b.top || b.bottom <= a.top;
const inside = (box, area) => box.left >= area.left && box.right <= area.right && box.top >= area.top && box.bottom <= area.bottom;

/** Boxes of that size beside a dot, in order of preference; above and below, they may begin or end at it. */
function* beside({ x, y, r }, width, height) {
  const box = (left, top) => ({ left, top, right: left + width, bottom: top + height });
  const off = r + GAP;
  yield box(x + off, y - height / 2);
  yield box(x - off - width, y - height / 2);
  for (const top of [y - off - height, y + off]) {
    for (const left of [x - width / 2, x - width, x]) yield box(left, top);
  }
}

/** How many dots a box covers, other than the one that it names. */
function covered(box, dots, own) {
  let count = 0;
  for (const dot of dots) {
    if (dot !== own && dot.x + dot.r > box.left && dot.x - dot.r < box.right && dot.y + dot.r > box.top && dot.y - dot.r < box.bottom) count++;
  }
  return count;
}

/**
 * Places names, the most important ones first; those that do not fit are left out.
 * named holds { dot, width, height }, of the dots; the answer has the box of each one that fits, or null.
 */
export function placeNames(named, dots, area) {
  const taken = [];
  return named.map(({ dot, width, height }, rank) => {
    let best = null;
    // the first name is looked for, even in a crowd
    let least = rank ? MOST_COVERED + 1 : Infinity;
    for (const box of beside(dot, width, height)) {
      if (!inside(box, area) || !taken.every((other) => apart(box, other))) continue;
      const count = covered(box, dots, dot);
      if (count < least) [best, least] = [box, count];
    }
    if (best) taken.push(best);
    return best;
  });
}
