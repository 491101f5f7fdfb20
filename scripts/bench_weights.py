"""How long the page on weights takes from a slider's move to the new table, in a browser that somebody else started."""

from typing import Any

# The slider is moved as a hand moves it: an event for each step. Reading a height makes the browser lay out the table.
MEASURE = """async (moves) => {
  const slider = document.querySelector(".ri-weighing--live input[type=range]");
  const table = slider.closest(".ri-weighing").querySelector("table");
  const times = [];
  for (let move = 0; move < moves; move += 1) {
    slider.value = String((move * 37) % 101);
    const start = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    table.getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return times;
}"""


def time_slider(page: Any, moves: int = 200) -> list[float]:
    """Milliseconds of each move of the first slider: recomputing, writing the table, ordering and laying it out.

    Args:
        page: A Playwright page that shows the page on weights, its sliders ready.
        moves: How often the slider is moved.
    """
    return page.evaluate(MEASURE, moves)
