// The second click of a double click may land on what has moved under the pointer since the first: a list that lost the line that
// was just settled shows its neighbour there. So it counts only on what the first one pressed, known by its name, as a list may
// have drawn it anew.
const PRESSED = 'button, a';
/** Longer than any system's double click. A name may be a patient's: it is not kept for longer. */
const REMEMBERED_MS = 1_500;

/** Follows clicks on the page, before anything else hears of them. */
export function onePressOneDeed() {
  let first = null;
  let forgetting = 0;
  window.addEventListener(
    'click',
    (event) => {
      const on = event.target instanceof Element ? event.target.closest(PRESSED) : null;
      const name = on && (on.getAttribute('aria-label') ?? on.textContent);
      // 0 is a key or a program, 1 the first click of however many.
      if (event.detail < 2) first = name;
      else if (on && name !== first) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      clearTimeout(forgetting);
      forgetting = setTimeout(() => {
        first = null;
      }, REMEMBERED_MS);
    },
    true,
  );
}
