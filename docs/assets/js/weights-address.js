/* A reader's weights as written in an address: `scale:30,firms:20`, only what differs from the declared ones. */

import { foldName, nearest as sharesBeginning } from "./address.js";

export const MOST = 100;
const LONGEST = 1000;
const NAMED = 4;
const SHOWN = 20;

/* Weights as text, in the order of the map. */
export function writeWeights(weights) {
  return [...weights].map(([key, weight]) => `${key}:${weight}`).join(",");
}

/* What an address asks for: { weights, unknown, wrong, cut }. `names` are pairs of a folded name and its key.
   `unknown` are names that are none, each with the nearest key or ""; `wrong` are parts whose weight is no whole
   number from 0 to 100; `cut` is true where the text is too long to be read whole. Of both, only the first few. */
export function readWeights(text, names) {
  const known = new Map(names);
  const found = { weights: new Map(), unknown: [], wrong: [], cut: text.length > LONGEST };
  for (const part of text.slice(0, LONGEST).split(/[,，;；]+/).filter((given) => given.trim())) {
    const [, name, weight] = /^([^:：]*)[:：]?(.*)$/s.exec(part);
    const key = known.get(foldName(name));
    if (key === undefined) found.unknown.push({ name: shorten(name), near: nearest(name, names) });
    else if (!/^\d{1,3}$/.test(weight.trim()) || Number(weight) > MOST) found.wrong.push(shorten(part));
    else found.weights.set(key, Number(weight));
  }
  found.unknown.splice(NAMED);
  found.wrong.splice(NAMED);
  return found;
}

/* The key whose name begins as the one asked for, else the one that is fewest letters away, if they are few. */
function nearest(asked, names) {
  const folded = foldName(shorten(asked));
  let best = sharesBeginning(asked, names);
  let least = best ? 0 : Math.floor(folded.length / 2) + 1;
  for (const [known, key] of names) {
    const away = least && lettersAway(folded, known);
    if (away < least) [best, least] = [key, away];
  }
  return best;
}

/* How many letters must be added, left out or replaced (Levenshtein). */
function lettersAway(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, k) => k);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let k = 0; k < other.length; k += 1) next.push(Math.min(next[k] + 1, row[k + 1] + 1, row[k] + (letter !== other[k])));
    row = next;
  }
  return row[other.length];
}

function shorten(text) {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
