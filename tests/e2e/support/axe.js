// The rules of axe, with what it works out again and again kept.
import AxeBuilder from '@axe-core/playwright';
import axe from 'axe-core';

/**
 * Only what fails is told: describing all that passes takes longer than the rules. The page has no frames (its policy allows none), so
 * the mode that opens a second page to join their results is not needed. Both together take a third of the time and find the same.
 */
const OPTIONS = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations'],
};

/**
 * Reading colours is a third of what the contrast rule takes. A page has two dozen, written in the same few ways thousands of times: each
 * is read once. What can't be read still throws, every time.
 */
function readColoursOnce() {
  const { Color } = globalThis.axe.commons.color;
  const read = Color.prototype.parseString;
  const known = new Map();
  Color.prototype.parseString = function parseString(text) {
    const before = known.get(text);
    if (before) {
      ({ r: this.r, g: this.g, b: this.b, alpha: this.alpha } = before);
      return this;
    }
    read.call(this, text);
    known.set(text, { r: this.r, g: this.g, b: this.b, alpha: this.alpha });
    return this;
  };
}

const SOURCE = `${axe.source};(${readColoursOnce})();`;
/** The builder would parse it anew twice for every look; it is half a megabyte. */
const ALREADY_THERE = ';';

/** What the rules that see colours are called. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What was looked at whole in the light, by page: a size and the markup each. */
const seen = new WeakMap();

/**
 * The rules that have something new to look at. The dark look is other colours and nothing else (style/tokens.css): where the very same
 * markup was looked at whole in the light at this size, only the rules that see colours are run again.
 */
async function rulesFor(page) {
  const { isDark, look } = await page.evaluate(() => ({
    isDark: matchMedia('(prefers-color-scheme: dark)').matches,
    look: `${innerWidth}x${innerHeight} ${document.documentElement.outerHTML}`,
  }));
  const looks = seen.get(page) ?? seen.set(page, new Set()).get(page);
  if (isDark && looks.has(look)) return { ...OPTIONS, runOnly: { type: 'rule', values: OF_COLOURS } };
  if (!isDark) looks.add(look);
  return OPTIONS;
}

/** What the rules find wrong with the page as it stands, a text each. */
export async function violationsOf(page) {
  const options = await rulesFor(page);
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(SOURCE);
  const builder = new AxeBuilder({ page, axeSource: ALREADY_THERE });
  const { violations } = await builder.setLegacyMode(true).options(options).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.target.join(' ')).join('\n  ')}`);
}
