/* The site's search, behind the theme's own search box. It answers the theme's messages (SETUP, READY, QUERY, RESULT),
   finds words by their letters anywhere in the text, and wants all of them. late-search.js starts it when somebody goes
   into the box, so that reading costs nothing; it then loads search/documents.json, which
   scripts/regional_index/site/search.py writes and describes. */
"use strict";

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
const DOCUMENTS = new URL("../search/documents.json", self.location);

/* What a match is worth, by where it is; a match inside a longer name gains with its share of that name. */
const EXACT_TITLE = 100, EXACT_NAME = 80, IN_TITLE = 40, IN_NAME = 20, EXACT_HEADING = 60, IN_HEADING = 20, IN_ROW = 3;
const INHERITED = 0.7; // what a section has of its page's title and names
const APART = 0.25, NAMED_ONLY = 0.3; // for words that stand in different sections; for a page that has only its name
const ONE_LINE = 20; // for all words in one paragraph or row
const COMMON = 3; // a heading that stands on more pages than this says nothing about one of them
const SHOWN_SECTIONS = 5, SNIPPET = 110, LINES = 2;
const HAN = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;
const BREAKS = /[\s;:!?()[\]{}"<>/|*~^、。「」『』《》〈〉【】“”…·—]+|,(?!\d)|(?<!\d),/u;

let loading = null;

self.addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) {
    self.postMessage({ type: READY });
    documents().catch(() => {}); // the first query tries again, and tells
  }
  if (type === QUERY) self.postMessage({ type: RESULT, data: { items: await answer(data) } });
});

async function answer(query) {
  if (!query.trim()) return [];
  try {
    return search(query, await documents());
  } catch (error) {
    console.warn("search:", error);
    return [];
  }
}

/* What is searched, loaded once; what could not be loaded is tried again by whoever asks next. */
async function documents() {
  try {
    return await (loading ??= load());
  } catch (error) {
    loading = null;
    throw error;
  }
}

async function load() {
  const response = await fetch(DOCUMENTS);
  if (!response.ok) throw new Error(`${DOCUMENTS}: ${response.status}`);
  return prepareIndex((await response.json()).pages);
}

/* One spelling for all: no accents, case, apostrophes or thousands separators; spaces only between Latin words.
   `places`, when given, receives the place in `text` of every letter of the result. */
function fold(text, places) {
  let folded = "";
  for (let at = 0; at < text.length; at += 1) {
    let letters = text[at];
    if (!isHan(letters)) {
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
  const headings = new Map();
  for (const page of pages) {
    page.key = foldName(page.title);
    page.keys = page.names.map(foldName);
    [page.key, ...page.keys].forEach((key) => known.add(key));
    for (const section of page.sections) {
      section.key = foldName(section.title ?? "");
      section.keys = (section.names ?? []).map(foldName);
      section.lines = (section.text ?? "").split("\n").map((line) => ({ line, folded: fold(line) }));
      section.folded = section.lines.map(({ folded }) => folded).join("\n");
      if (!section.row) {
        known.add(section.key);
        headings.set(section.key, [...(headings.get(section.key) ?? []), section]);
      }
      section.keys.forEach((key) => known.add(key));
    }
  }
  known.delete("");
  for (const alike of headings.values()) alike.forEach((section) => { section.plain = alike.length > COMMON; });
  const all = pages.flatMap((page) => page.sections.map((section) => `${section.key}\n${section.folded}`)).join("\n");
  return { pages, known, all, names: [...known].join("\n") };
}

function search(query, index) {
  const typed = query.normalize("NFKC").split(BREAKS).map((word) => foldName(word).replace(/^[-.]+|[-.]+$/g, "")).filter(Boolean);
  const words = unique(typed.flatMap((word) => (index.names.includes(word) ? [word] : splitKnown(word, index.known) ?? [word])));
  const strict = rank(index.pages, words, typed.join(""), words.length);
  if (strict.length && strict[0][0].score > IN_ROW) return strict; // more than one row of a table
  const pieces = unique(words.flatMap((word) => splitAny(word, index)));
  for (let least = pieces.length; least > 0; least -= 1) {
    const loose = rank(index.pages, pieces, typed.join(""), least);
    if (loose.length) return loose;
  }
  return strict;
}

const lessen = (hit, factor) => ({ ...hit, score: hit.score * factor });
const unique = (words) => [...new Set(words)];

/* A run-together query as known names of at least two letters each, the longest first; null when it is not. */
function splitKnown(word, known) {
  for (let length = Math.min(word.length, 30); length > 1; length -= 1) {
    if (!known.has(word.slice(0, length))) continue;
    const rest = length === word.length ? [] : splitKnown(word.slice(length), known);
    if (rest) return [word.slice(0, length), ...rest];
  }
  return null;
}

/* Any word as pieces that stand somewhere: at the borders of scripts, then the known names in it, then the longest
   that occurs in a text. What occurs nowhere stays, to be shown as missing, but for single letters. */
function splitAny(word, { known, all }) {
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

/* Pages with at least `least` of the words in one section, or else anywhere on the page, and those that one of the words
   names exactly (whoever asks for the rank of a region wants its page, whatever word it has for ranks); best first. */
function rank(pages, words, whole, least) {
  const groups = [];
  for (const page of pages) {
    const ofPage = words.map((word) => scoreName(word, page.key, page.keys, EXACT_TITLE, EXACT_NAME, IN_TITLE, IN_NAME));
    const bonus = words.length > 1 && [page.key, ...page.keys].includes(whole) ? EXACT_NAME : 0;
    const scored = page.sections.map((section) => scoreSection(section, words, ofPage, bonus));
    let hits = scored.filter(({ matched }) => matched.filter(Boolean).length >= least);
    if (!hits.length && words.length > 1) {
      const anywhere = words.filter((_, n) => scored.some(({ matched }) => matched[n])).length;
      if (anywhere >= least) hits = scored.filter(({ own }) => own).map((hit) => lessen(hit, APART));
      else if (page.weight >= 1 && ofPage.includes(EXACT_TITLE)) hits = [lessen(scored[0], NAMED_ONLY)];
    }
    hits = hits.filter(({ own, section }) => own || !section.anchor).sort((a, b) => b.score - a.score).slice(0, SHOWN_SECTIONS);
    if (!hits.length) continue;
    if (!hits.some(({ section }) => !section.anchor)) hits.push({ ...scored[0], score: 0 });
    groups.push({ page, hits, score: hits[0].score * page.weight });
  }
  groups.sort((a, b) => b.score - a.score);
  return groups.map(({ page, hits }) => hits.map((hit) => present(page, hit, words)));
}

function scoreSection(section, words, ofPage, bonus) {
  let score = bonus * (section.anchor ? INHERITED : 1);
  let own = 0;
  const matched = words.map((word, n) => {
    const inHeading = section.row || section.plain
      ? scoreName(word, "", section.keys, 0, EXACT_HEADING, 0, IN_HEADING) || (section.key.includes(word) ? IN_ROW : 0)
      : scoreName(word, section.key, section.keys, EXACT_HEADING, EXACT_HEADING, IN_HEADING, IN_HEADING);
    const inText = scoreText(word, section.folded);
    own += inHeading + inText;
    const value = Math.max(section.anchor ? ofPage[n] * INHERITED : ofPage[n], inHeading) + inText;
    score += value;
    return value > 0;
  });
  if (words.length > 1 && section.lines.some(({ folded }) => words.every((word) => folded.includes(word)))) score += ONE_LINE;
  return { section, score, own, matched };
}

/* Exactly the title or a name, or inside one; Latin letters count inside a name from its beginning or from three on. */
function scoreName(word, title, names, exactTitle, exactName, inTitle, inName) {
  if (word === title) return exactTitle;
  if (names.includes(word)) return exactName;
  const inside = (name) => (/^[a-z]{1,2}$/.test(word) ? name.startsWith(word) : name.includes(word));
  const share = (name) => word.length / name.length + (name.startsWith(word) ? 0.3 : 0);
  if (title && inside(title)) return inTitle * (1 + share(title) / 2);
  const best = Math.max(0, ...names.filter(inside).map(share));
  return best && inName * (1 + best / 2);
}

/* Earlier and more often is better. */
function scoreText(word, text) {
  const found = occurrences(word, text);
  return found.length && 3 + Math.min(found.length, 6) * 0.6 + 2 * (1 - found[0] / text.length);
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
