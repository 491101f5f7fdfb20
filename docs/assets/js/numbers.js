/* Numbers as pages print them: rounded half up in their shortest form, thousands separated, a true minus sign. */

export const MISSING = "—";

/* A number with so many decimals; `up` rounds away from zero, so that no digit is too few. */
export function showNumber(value, decimals, { sign = false, up = false } = {}) {
  if (value === null || value === undefined) return MISSING;
  const size = Math.abs(value);
  const shifted = Number(`${Number(size.toFixed(9))}e${decimals}`);
  const whole = Number.isNaN(shifted) ? Math.round(size * 10 ** decimals) : up ? Math.ceil(shifted) : Math.round(shifted);
  const digits = String(whole).padStart(decimals + 1, "0");
  const units = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const text = decimals ? `${units}.${digits.slice(-decimals)}` : units;
  if (whole === 0) return text;
  return (value < 0 ? "\u2212" : sign ? "+" : "") + text;
}
