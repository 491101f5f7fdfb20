/* The site's search, behind the theme's own search box. It answers the theme's messages (SETUP, READY, QUERY, RESULT),
   finds words by their letters anywhere in the text, and wants all of them. late-search.js starts it when somebody goes
   into the box, so that reading costs nothing; it then loads search/documents.json, which
   scripts/regional_index/site/search.py writes and describes. */
"use strict";

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
const VERSION = 2; // of the index, as in search.py
const DOCUMENTS = new URL("../search/documents.json", self.location);

/* Scores of a word that is the title, that is another name, that is part of the title, or of another name. */
const OF_PAGE = [100, 80, 40, 20], OF_SECTION = [60, 60, 20, 20];
const IN_ROW = 3, IN_TEXT = 3;
const NAMED_ONLY = 30; // for a page that has only its title in common with a query of several words
const SHOWN_SECTIONS = 5, SNIPPET = 110, LINES = 2;
const BREAKS = /[\s;:!?()[\]{}"<>/|*~^、。「」『』《》〈〉【】“”…·—]+|,(?!\d)|(?<!\d),/u;

let loading = null;
let simplified = new Map(); // by traditional letter, those that the index has

self.addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) {
    self.postMessage({ type: READY });
    load().catch(() => {}); // the first query tries again, and tells
  }
  if (type === QUERY) self.postMessage({ type: RESULT, data: await answer(data) });
});

async function answer(query) {
  if (!query.trim()) return { items: [] };
  try {
    return { items: search(query, await load()) };
  } catch (error) {
    console.warn("search:", error);
    return { items: [], failed: true };
  }
}

/* What is searched, loaded once. What did not arrive whole, or is of another build, is loaded again from the host, and
   where that fails as well, with the next query. */
function load() {
  loading ??= read("default").catch(() => read("reload")).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function read(cache) {
  const response = await fetch(DOCUMENTS, { cache });
  const { version, traditional, pages } = await response.json();
  if (version !== VERSION) throw new Error(`${DOCUMENTS}: version ${version}, not ${VERSION}`);
  simplified = new Map([...traditional].flatMap((letter, n, letters) => (n % 2 ? [] : [[letter, letters[n + 1]]])));
  return prepareIndex(pages);
}

/* One spelling for all: simplified Chinese, no accents, case, apostrophes or thousands separators; spaces only between
   Latin words. `places`, when given, receives the place in `text` of every letter of the result. */
function fold(text, places) {
  let folded = "";
  for (let at = 0; at < text.length; at += 1) {
    let letters = text[at];
    if (isHan(letters)) letters = simplified.get(letters) ?? letters;
    else {
      const [before, after] = [folded.at(-1) ?? "", text[at + 1] ?? ""];
      if (letters === "," && isDigit(before) && isDigit(after)) continue;
      letters = foldLetter(letters);
      if (letters === " " && !(isLatin(before) && isLatin(after))) continue;
    }
    folded += letters;
    for (let n = 0; places && n < letters.length; n += 1) places.push(at);
  }
  return folded;
}

const HAN = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;
const isHan = (letter) => letter >= "\u4e00" && letter <= "\u9fff";
const isLatin = (letter) => letter > " " && letter < "\x7f";
const isDigit = (letter) => letter >= "0" && letter <= "9";
const foldedLetters = new Map();

function foldLetter(letter) {
  if (!foldedLetters.has(letter)) {
    const plain = letter.normalize("NFKD").replace(/[\p{M}'’‘`]/gu, "").replace(/[–—−]/, "-").toLowerCase();
    foldedLetters.set(letter, plain.replace(/[^\S\n]/g, " "));
  }
  return foldedLetters.get(letter);
}

const foldName = (name) => fold(name).replaceAll(" ", "");

function prepareIndex(pages) {
  const known = new Set();
  for (const page of pages) {
    page.key = foldName(page.title);
    page.keys = page.names.map(foldName);
    for (const section of page.sections) {
      section.key = foldName(section.title ?? "");
      section.keys = (section.names ?? []).map(foldName);
      section.lines = (section.text ?? "").split("\n").map((line) => ({ line, folded: fold(line) }));
      section.folded = section.lines.map(({ folded }) => folded).join("\n");
      for (const key of [page.key, ...page.keys, ...section.keys, section.row ? "" : section.key]) known.add(key);
    }
  }
  known.delete("");
  const all = pages.flatMap((page) => page.sections.map((section) => `${section.key}\n${section.folded}`)).join("\n");
  return { pages, known, all };
}

/* Sections with all words; where there are none but in the row of a table, those with most of the pieces of the words. */
function search(query, index) {
  const typed = query.normalize("NFKC").split(BREAKS).map((word) => foldName(word).replace(/^[-.]+|[-.]+$/g, ""));
  const words = unique(typed.filter(Boolean));
  if (!words.length) return [];
  const whole = typed.join("");
  const strict = rank(index.pages, words, words.length, whole);
  if (strict.length && strict[0][0].score > IN_ROW) return strict;
  const pieces = unique(words.flatMap((word) => split(word, index)));
  for (let least = pieces.length; least > 0; least -= 1) {
    const loose = rank(index.pages, pieces, least, whole);
    if (loose.length) return loose;
  }
  return strict;
}

const unique = (words) => [...new Set(words)];

/* A word as pieces that occur somewhere: at the borders of scripts, then the known names in it, then the longest that
   occurs in a text. What occurs nowhere stays, to be shown as missing, but for single letters. */
function split(word, { known, all }) {
  const named = (text) => splitBy(text, (piece) => known.has(piece));
  const occurring = (text) => (known.has(text) ? [text] : splitBy(text, (piece) => all.includes(piece)));
  return word.match(HAN).flatMap((run) => (isHan(run) ? named(run).flatMap(occurring) : [run]))
    .filter((piece) => piece.length > 1 || piece === word || isDigit(piece));
}

/* A text as pieces of two letters or more that pass, each as long as it can be, and what is left between them. */
function splitBy(text, passes) {
  const pieces = [];
  let rest = "";
  for (let at = 0; at < text.length;) {
    let length = Math.min(text.length - at, 12);
    while (length > 1 && !passes(text.slice(at, at + length))) length -= 1;
    if (length < 2) rest += text[at];
    else {
      pieces.push(rest, text.slice(at, at + length));
      rest = "";
    }
    at += Math.max(length, 1);
  }
  return [...pieces, rest].filter(Boolean);
}

/* Pages with at least `least` of the words in one section, or else anywhere on the page, and those whose title is one of
   the words (a query for the rank of a region means its page, whatever the page calls ranks); best first, and before
   all the page that has the whole query as its title. */
function rank(pages, words, least, whole) {
  const groups = [];
  for (const page of pages) {
    const ofPage = words.map((word) => scoreName(word, page.key, page.keys, OF_PAGE));
    const scored = page.sections.map((section) => scoreSection(section, words, ofPage));
    let hits = scored.filter(({ matched }) => matched.filter(Boolean).length >= least);
    if (!hits.length) {
      if (words.filter((_, n) => scored.some(({ matched }) => matched[n])).length >= least) hits = scored;
      else if (page.weight >= 1 && words.includes(page.key)) hits = [{ ...scored[0], score: NAMED_ONLY }];
    }
    hits = hits.filter(({ own, section }) => own || !section.anchor).sort((a, b) => b.score - a.score).slice(0, SHOWN_SECTIONS);
    if (!hits.length) continue;
    if (!hits.some(({ section }) => !section.anchor)) hits.push({ ...scored[0], score: 0 });
    groups.push({ page, hits, score: hits[0].score * page.weight });
  }
  const isWhole = ({ page }) => Number(words.length > 1 && page.key === whole);
  groups.sort((a, b) => isWhole(b) - isWhole(a) || b.score - a.score);
  return groups.map(({ page, hits }) => hits.map((hit) => present(page, hit, words)));
}

function scoreSection(section, words, ofPage) {
  let score = 0, own = 0;
  const matched = words.map((word, n) => {
    const inHeading = section.row
      ? scoreName(word, "", section.keys, OF_SECTION) || (section.key.includes(word) ? IN_ROW : 0)
      : scoreName(word, section.key, section.keys, OF_SECTION);
    const inText = scoreText(occurrences(word, section.folded).length);
    own += inHeading + inText;
    score += Math.max(ofPage[n], inHeading) + inText;
    return ofPage[n] + inHeading + inText > 0;
  });
  return { section, score, own, matched };
}

const scoreText = (times) => times && IN_TEXT + Math.min(times, 6) * 0.6;

/* One or two Latin letters are part of a name only at its beginning. */
function scoreName(word, title, names, [isTitle, isName, inTitle, inName]) {
  if (word === title) return isTitle;
  if (names.includes(word)) return isName;
  const inside = (name) => (/^[a-z]{1,2}$/.test(word) ? name.startsWith(word) : name.includes(word));
  if (title && inside(title)) return inTitle;
  return names.some(inside) ? inName : 0;
}

/* Where a word begins in a text; a number is not found in the middle of a longer one. */
function occurrences(word, text) {
  const found = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (!/^\d/.test(word) || !/\d\.?$/.test(text.slice(Math.max(0, at - 2), at))) found.push(at);
  }
  return found;
}

/* A section as the theme draws it: title and text are HTML, `terms` says which words are there and which are not. */
function present(page, { section, score, matched }, words) {
  return {
    location: page.location + (section.anchor ? `#${section.anchor}` : ""),
    title: mark(section.anchor ? section.title ?? "" : page.title, words),
    text: snippet(section.lines, words),
    score: score * page.weight,
    terms: Object.fromEntries(words.map((word, n) => [word, matched[n]])),
  };
}

/* The lines with most of the words, in their order, each cut around its first match; the first line without any. */
function snippet(lines, words) {
  const counted = lines.map(({ line, folded }, place) => (
    { line, place, count: words.filter((word) => occurrences(word, folded).length).length }));
  const hit = counted.filter(({ count }) => count).sort((a, b) => b.count - a.count || a.place - b.place).slice(0, LINES);
  const shown = hit.length ? hit.sort((a, b) => a.place - b.place) : counted.slice(0, 1);
  const html = shown.map(({ line }) => mark(line, words, SNIPPET)).join("<br>");
  return html && `<p>${html}</p>`;
}

function mark(text, words, length = Infinity) {
  const places = [];
  const folded = fold(text, places);
  const marked = new Set(words.flatMap((word) => occurrences(word, folded).flatMap((at) =>
    range(places[at], places[at + word.length - 1]))));
  const first = Math.min(...marked);
  const from = text.length > length && Number.isFinite(first) ? Math.max(0, Math.min(first - 30, text.length - length)) : 0;
  const to = Math.min(text.length, from + length);
  let html = from ? "…" : "";
  for (let at = from; at < to; at += 1) {
    if (marked.has(at) && (at === from || !marked.has(at - 1))) html += "<mark data-md-highlight>";
    html += { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[text[at]] ?? text[at];
    if (marked.has(at) && (at + 1 === to || !marked.has(at + 1))) html += "</mark>";
  }
  return html + (to < text.length ? "…" : "");
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
