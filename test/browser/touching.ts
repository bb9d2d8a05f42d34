import type { Page } from 'playwright-core';

/** What has an edge that is seen, and stands under another such with less than 4 px between: a box that sticks to a button. */
export const touching = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const drawn = 'main :is(button, textarea, input, select, .card, .notice)';
    const isClear = (colour: string) => /^(transparent|rgba\(.*, 0\))$/.test(colour);
    const boxes = [...document.querySelectorAll<HTMLElement>(drawn)]
      .filter((element) => {
        const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(element);
        const hasEdge = (borderTopWidth !== '0px' && !isClear(borderTopColor)) || !isClear(backgroundColor);
        return (
          hasEdge && element.checkVisibility() && !element.matches(':is([type=radio], [type=checkbox], [type=range])')
        );
      })
      .map((element) => ({ element, box: element.getBoundingClientRect() }));
    const named = ({ tagName, className, textContent }: HTMLElement) =>
      `${tagName}.${className} “${textContent?.trim().slice(0, 30)}”`;
    return boxes.flatMap(({ element: upper, box: above }) =>
      boxes.flatMap(({ element: lower, box: below }) => {
        const gap = below.top - above.bottom;
        const beside = Math.min(above.right, below.right) - Math.max(above.left, below.left) < 4;
        // what a dialog lies over is another page
        const elsewhere = upper.closest('dialog') !== lower.closest('dialog');
        const within = upper.contains(lower) || lower.contains(upper);
        return gap <= -1 || gap >= 4 || beside || elsewhere || within
          ? []
          : [`${named(upper)} | ${named(lower)}: ${gap.toFixed(1)} px`];
      }),
    );
  });
