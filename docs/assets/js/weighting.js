/* Scores, ranks and tiers with any weights, as our Python makes them; numbers in, numbers out, nothing of the page.
   What goes in is `api/v1/normalised.json`. Scores are arrays with an entry for each region, NaN where missing. */

const RANK_NOISE = 1e9; // scores are equal when they are so after rounding to nine decimals
const PRESENT_SLIP = 1e-9;
const SMALLEST_POWER = 0.01; // below it x^p is so close to 1 that its differences lose digits

/* The tree as it is worked with: nodes by code, parents before their children, and the scores of indicators. */
export function readTree(file) {
  const numbers = (scores) => Float64Array.from(scores, (score) => score ?? NaN);
  return {
    regions: file.regions,
    tolerance: file.share_tolerance,
    random: file.random,
    indicators: new Map(file.indicators.map((entry) => [entry.indicator, numbers(entry.scores)])),
    nodes: new Map(file.nodes.map((node) => [node.index, node])),
  };
}

/* Codes of a node and all nodes below it, children before their parents. */
export function climbOrder(tree, top) {
  const below = tree.nodes.get(top).children.filter(({ code }) => tree.nodes.has(code));
  return [...below.flatMap(({ code }) => climbOrder(tree, code)), top];
}

/* What a node comes to: { scores, present, partly } by region. `weights` are those of its children, 0 or more, in
   their order; `known` holds the same of its children. */
function scoreNode(tree, node, weights, known) {
  const count = tree.regions.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const used = [];
  node.children.forEach(({ code }, k) => {
    if (weights[k] > 0) used.push({ weight: weights[k] / total, scores: known.get(code).scores });
  });
  const present = new Float64Array(count);
  for (const { weight, scores } of used) {
    for (let i = 0; i < count; i += 1) if (!Number.isNaN(scores[i])) present[i] += weight;
  }
  const scores = used.length ? FORMULAS[node.formula.name](used, count, node.formula) : new Float64Array(count).fill(NaN);
  for (let i = 0; i < count; i += 1) {
    if (!(present[i] >= node.minimum_weight_share - tree.tolerance)) scores[i] = NaN;
  }
  const most = present.reduce((a, b) => Math.max(a, b), 0);
  const partly = Array.from(scores, (score, i) => !Number.isNaN(score) && (present[i] < most - PRESENT_SLIP
    || node.children.some(({ code }) => known.get(code).partly?.[i])));
  return { scores, present, partly };
}

/* Every node from `top` down, by code, as `scoreNode` gives it; indicators have scores only.
   `weightsOf` gives the weights of the children of a node by its code; nothing: the declared ones. */
export function scoreTree(tree, top, weightsOf = () => undefined) {
  const known = knownIndicators(tree);
  for (const code of climbOrder(tree, top)) {
    const node = tree.nodes.get(code);
    known.set(code, scoreNode(tree, node, weightsOf(code) ?? declaredWeights(node), known));
  }
  return known;
}

export function declaredWeights(node) {
  return node.children.map((child) => child.weight);
}

function knownIndicators(tree) {
  return new Map([...tree.indicators].map(([code, scores]) => [code, { scores }]));
}

/* 1 for the highest score, equal scores share the better rank; NaN where there is no score. */
export function ranksOf(scores) {
  const rounded = Array.from(scores, (score) => toEven(score * RANK_NOISE) / RANK_NOISE);
  const order = [...rounded.keys()].filter((i) => !Number.isNaN(rounded[i])).sort((a, b) => rounded[b] - rounded[a]);
  const ranks = new Array(scores.length).fill(NaN);
  order.forEach((i, place) => {
    const before = order[place - 1];
    ranks[i] = place && rounded[before] === rounded[i] ? ranks[before] : place + 1;
  });
  return ranks;
}

/* To the nearest whole number, halves to the even one. */
function toEven(number) {
  const up = Math.round(number);
  return up - number === 0.5 && up % 2 ? up - 1 : up;
}

/* Weighted mean of f(x) over the children present. */
function meanOf(used, count, forward) {
  const total = new Float64Array(count);
  const weights = new Float64Array(count);
  for (const { weight, scores } of used) {
    for (let i = 0; i < count; i += 1) {
      if (Number.isNaN(scores[i])) continue;
      total[i] += weight * forward(scores[i], i);
      weights[i] += weight;
    }
  }
  return total.map((sum, i) => sum / weights[i]);
}

const notNegative = (score) => (score < 0 ? NaN : score);

function arithmetic(used, count) {
  return meanOf(used, count, (score) => score);
}

function geometric(used, count) {
  return meanOf(used, count, Math.log).map(Math.exp);
}

function harmonic(used, count) {
  return meanOf(used, count, (score) => 1 / notNegative(score)).map((mean) => 1 / mean);
}

/* Relative to the greatest child (the least where p < 0), so that no power is too great. */
function powerMean(used, count, { power }) {
  const named = { 1: arithmetic, 0: geometric, [-1]: harmonic }[power];
  if (named) return named(used, count);
  if (Math.abs(power) < SMALLEST_POWER) {
    return meanOf(used, count, (score) => Math.expm1(power * Math.log(score))).map((mean) => Math.exp(Math.log1p(mean) / power));
  }
  const further = extremes(used, count, power > 0 ? 1 : -1).map((score) => (score > 0 ? score : 1));
  const powers = meanOf(used, count, (score, i) => notNegative(score / further[i]) ** power);
  return powers.map((mean, i) => further[i] * mean ** (1 / power));
}

function least(used, count) {
  return extremes(used, count, -1);
}

/* The greatest (sign 1) or least (sign -1) of the children present. */
function extremes(used, count, sign) {
  const found = new Float64Array(count).fill(NaN);
  for (const { scores } of used) {
    for (let i = 0; i < count; i += 1) if (Number.isNaN(found[i]) || sign * scores[i] > sign * found[i]) found[i] = scores[i];
  }
  return found;
}

/* M - S²/M: the mean with a penalty for the imbalance of its parts; with sign 1 a reward. */
function penalty(used, count, { sign }) {
  const mean = arithmetic(used, count);
  const variance = meanOf(used, count, (score, i) => (score - mean[i]) ** 2);
  return mean.map((m, i) => (m === 0 && variance[i] === 0 ? 0 : m + (sign * variance[i]) / (m > 0 ? m : NaN)));
}

/* The formulas that rules of aggregation name, by which weights of a reader can be carried through. */
export const FORMULAS = { power: powerMean, least, penalty };

/* Whole numbers below 2^32, the same for the same seed everywhere (mulberry32). */
export function numbersFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/* Weights drawn evenly from all that sum to 1: the gaps that random points leave between 0 and 1. */
export function drawWeights(next, count) {
  const points = Array.from({ length: count - 1 }, () => next() / 2 ** 32).sort((a, b) => a - b);
  return [...points, 1].map((point, k) => point - (k ? points[k - 1] : 0));
}

/* Which nodes below `top` get random weights: those made of sub-indices, and `top` itself. Of each, its code, its
   number of children, and the places of those that some region has a score of; the others weigh nothing. */
function drawnNodes(tree, top, known) {
  return climbOrder(tree, top).map((code) => tree.nodes.get(code))
    .filter((node) => node.index === top || node.children.some((child) => tree.nodes.has(child.code)))
    .map(({ index, children }) => ({
      index,
      count: children.length,
      scored: [...children.keys()].filter((k) => known.get(children[k].code).scores.some((score) => !Number.isNaN(score))),
    }));
}

/* One weighting after the other: the weights of the children, by the code of each node that gets random ones. */
export function* randomWeightings(tree, top) {
  const drawn = drawnNodes(tree, top, scoreTree(tree, top));
  const next = numbersFrom(tree.random.seed);
  for (let draw = 0; draw < tree.random.count; draw += 1) {
    yield new Map(drawn.map(({ index, count, scored }) => {
      const weights = new Array(count).fill(0);
      if (scored.length) drawWeights(next, scored.length).forEach((weight, k) => { weights[scored[k]] = weight; });
      return [index, weights];
    }));
  }
}

/* In which tier a rank is, from 0; -1 without a rank. */
export function tierOf(rank, tiers) {
  if (Number.isNaN(rank)) return -1;
  const place = tiers.findIndex((last) => rank <= last);
  return place < 0 ? tiers.length : place;
}

/* In how many random weightings each region is in the tier that it has with the declared weights; -1 for one that
   has none. Gives { done, kept } every so often, and last of all when everything is done. */
export function* keepTiers(tree, top, { every = 200, weightings = randomWeightings(tree, top) } = {}) {
  const { tiers } = tree.random;
  const known = scoreTree(tree, top);
  const home = ranksOf(known.get(top).scores).map((rank) => tierOf(rank, tiers));
  const kept = home.map((tier) => (tier < 0 ? -1 : 0));
  let order;
  let done = 0;
  for (const weighting of weightings) {
    order ??= climbOrder(tree, top).filter((code) => weighting.has(code));
    for (const code of order) known.set(code, scoreNode(tree, tree.nodes.get(code), weighting.get(code), known));
    ranksOf(known.get(top).scores).forEach((rank, i) => {
      if (home[i] >= 0 && tierOf(rank, tiers) === home[i]) kept[i] += 1;
    });
    done += 1;
    if (done % every === 0) yield { done, kept };
  }
  if (done % every) yield { done, kept };
}
