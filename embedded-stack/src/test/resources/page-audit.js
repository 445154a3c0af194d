// Gives what a person with a keyboard, a screen reader or weak eyes would stumble over, as sentences.
() => {
  const found = [];
  const shown = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const dialog = document.querySelector("dialog[open]");
  const root = dialog ?? document.body;
  const within = (selector) => [...root.querySelectorAll(selector)].filter((e) => shown(e) && (dialog || !e.closest("dialog")));
  const what = (e) => "<" + e.tagName.toLowerCase() + (e.id ? " id=" + e.id : "") + "> “" + e.textContent.trim().slice(0, 40) + "”";
  const named = (e) => (e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join("") || [...(e.labels ?? [])].map((l) => l.textContent).join("") || e.textContent).trim();

  for (const e of within("a, button, input, select, summary, canvas, [role=region], [role=group], [role=search]")) if (!named(e)) found.push(what(e) + " has no name");
  // who speaks to the machine says what is written there
  for (const e of within("a[aria-label], button[aria-label]")) if (/\p{L}/u.test(e.textContent) && !named(e).toLowerCase().includes(e.textContent.trim().toLowerCase())) found.push(what(e) + " is called “" + named(e) + "”, which is not what it shows");
  for (const e of within("a")) if (!e.hasAttribute("href")) found.push(what(e) + " leads nowhere, so that no key reaches it");
  for (const e of within("[tabindex]")) if (e.tabIndex > 0) found.push(what(e) + " jumps the order of the keyboard");
  for (const e of within("table")) {
    if (!e.caption) found.push(what(e) + " has no caption");
    for (const h of e.querySelectorAll("th")) if (!h.scope) found.push(what(h) + " heads nothing");
  }
  for (const e of within("[role=combobox]")) if (!document.getElementById(e.getAttribute("aria-controls")) || !e.hasAttribute("aria-expanded")) found.push(what(e) + " is half a combobox");
  for (const e of within("ul, ol")) for (const c of e.children) if (c.tagName !== "LI") found.push(what(c) + " is no item of its list");
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) found.push("the id " + id + " is there twice");
  let level = 1;
  for (const e of within("h1, h2, h3")) {
    const own = Number(e.tagName[1]);
    if (own > level + 1) found.push(what(e) + " skips a level");
    level = own;
  }

  // contrast of text, by the formula of WCAG 2: 4.5, or 3 from 24 px on
  const rgb = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return rgb(getComputedStyle(document.documentElement).backgroundColor);
  };
  const ratio = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + .05) / (low + .05);
  };
  let texts = 0;
  for (const e of within("*")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || e.closest("[disabled], .unseen, caption, noscript, .skip, option")) continue;
    texts++;
    const style = getComputedStyle(e);
    const least = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
    const got = ratio(rgb(style.color), behind(e));
    if (got < least) found.push(what(e) + " has a contrast of " + got.toFixed(2) + ", less than " + least);
    if (parseFloat(style.fontSize) < 11.5) found.push(what(e) + " is " + style.fontSize + " small");
  }
  if (texts < 10) found.push("only " + texts + " texts were looked at");
  // contrast of what charts, bars and fields are drawn with: 3 against what is behind
  const style = getComputedStyle(document.documentElement);
  const hex = (name) => style.getPropertyValue("--" + name).trim().match(/[0-9a-f]{2}/gi).map((h) => parseInt(h, 16));
  for (const name of ["bar", "bar-b", "warm", "edge", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"]) {
    const got = ratio(hex(name), hex("card"));
    if (got < 3) found.push("colour " + name + " has a contrast of " + got.toFixed(2));
  }
  return found;
}
