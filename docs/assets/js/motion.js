/* The theme lets the list of headings follow the page smoothly, also for readers who prefer that nothing moves. */

const still = matchMedia("(prefers-reduced-motion: reduce)");
const { scrollTo } = Element.prototype;

Element.prototype.scrollTo = function scrollStill(...given) {
  if (still.matches && given[0]?.behavior === "smooth") given[0] = { ...given[0], behavior: "instant" };
  return scrollTo.apply(this, given);
};
