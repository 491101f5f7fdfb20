/* What the page keeps in its address, and names in it as readers write them. */

/* Give parameters of the address values, or take them away; all others and the fragment stay. With `push` the way
   back leads to the address as it was. */
export function changeAddress(values, push = false) {
  const parts = location.search.slice(1).split("&").filter((part) => part && !(nameOf(part) in values));
  for (const [name, value] of Object.entries(values)) {
    if (value) parts.push(`${encode(name)}=${encode(value)}`);
  }
  const address = location.pathname + (parts.length ? `?${parts.join("&")}` : "") + location.hash;
  if (address === location.pathname + location.search + location.hash) return;
  if (push) history.pushState(history.state, "", address);
  else history.replaceState(history.state, "", address);
}

/* A parameter of the address, no longer than anybody would write it. */
export function inAddress(name, longest = 400) {
  return (new URLSearchParams(location.search).get(name) ?? "").slice(0, longest);
}

function nameOf(part) {
  try {
    return decodeURIComponent(part.split("=")[0]);
  } catch {
    return part.split("=")[0];
  }
}

function encode(text) {
  return encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":");
}

/* A name without case, spaces, hyphens and apostrophes, as the names in the table are given. */
export function foldName(name) {
  return name.toLowerCase().replace(/[\s_'’-]+/g, "");
}

/* What has a name with the longest beginning in common; names folded, each with what it means. */
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

/* Gaps of a sentence, each given in braces, filled. */
export function fillGaps(sentence, gaps) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in gaps ? String(gaps[name]) : whole));
}
