/* Numbers as pages print them: rounded half up in their shortest form, thousands separated, a true minus sign. */

export const MISSING = "—";
const SIGNIFICANT = 2; // digits of a number that its decimals would show as 0
const POWER_FROM = 8; // decimals from which such a number is written as a power of ten
const NOISE = 1e-9; // what arithmetic on scores leaves of 0
const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/* A number with so many decimals, or with two digits where that would show 0; `up` rounds away from zero, so that no
   digit is too few. */
export function showNumber(value, decimals, { sign = false, up = false } = {}) {
  if (value === null || value === undefined) return MISSING;
  const size = up ? roundUp(Math.abs(value), decimals) : Math.abs(value);
  const enough = decimalsToShow(size, decimals);
  const text = enough > decimals && enough >= POWER_FROM ? power(size, enough) : fixed(size, enough);
  return (value < 0 ? "\u2212" : sign && value > 0 ? "+" : "") + text;
}

/* The decimals to show a number with: those given, more where it would be shown as 0 and is not. */
export function decimalsToShow(value, decimals) {
  const size = Math.abs(value);
  if (!size || Math.round(shift(size, decimals))) return decimals;
  return SIGNIFICANT - 1 - Number(size.toExponential().split("e")[1]);
}

/* A computed score; 0 where it is only what arithmetic left of 0. */
export const dropNoise = (score) => (score !== null && Math.abs(score) < NOISE ? 0 : score);

function roundUp(size, decimals) {
  const places = Math.max(6, decimals + 4);
  const noiseless = places > 100 ? size : Number(size.toFixed(places));
  const enough = decimalsToShow(size, decimals);
  if (!noiseless && enough > decimals) return roundUp(size, enough);
  return shift(Math.ceil(shift(noiseless, decimals)), -decimals);
}

/* The number times a power of ten, by moving the point of its shortest form. */
function shift(number, places) {
  const [digits, exponent = 0] = String(number).split("e");
  return Number(`${digits}e${Number(exponent) + places}`);
}

function fixed(size, decimals) {
  const digits = BigInt(Math.round(shift(size, decimals))).toString().padStart(decimals + 1, "0");
  const units = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  return decimals ? `${units}.${digits.slice(-decimals)}` : units;
}

function power(size, decimals) {
  const [digits, exponent] = shift(Math.round(shift(size, decimals)), -decimals).toExponential(SIGNIFICANT - 1).split("e");
  return `${digits} × 10${exponent.replace("-", "⁻").replace(/\d/g, (digit) => SUPERSCRIPT[digit])}`;
}
