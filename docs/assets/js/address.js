/* What the page keeps in its address, and names in it as readers write them. */

/* Give a parameter of the address a value, or take it away; all others and the fragment stay. */
export function setInAddress(name, value) {
  const parts = location.search.slice(1).split("&").filter((part) => part && part.split("=")[0] !== name);
  if (value) parts.push(`${name}=${value}`);
  history.replaceState(history.state, "", location.pathname + (parts.length ? `?${parts.join("&")}` : "") + location.hash);
}

/* A name without case, spaces, hyphens and apostrophes, as the names in the table are given. */
export function foldName(name) {
  return name.toLowerCase().replace(/[\s_'’-]+/g, "");
}

/* The region one of whose names shares the longest beginning. */
export function nearest(asked, names) {
  const folded = foldName(asked);
  let best = "";
  let length = 1;
  for (const [known, slug] of names) {
    let shared = 0;
    while (shared < known.length && known[shared] === folded[shared]) shared += 1;
    if (shared > length) [best, length] = [slug, shared];
  }
  return best;
}
