/**
 * Where the table is scrolled to, so that it means the same on a screen of another width: the section at the top edge,
 * counted from 0, and how much of it is above the edge. 2.4: four tenths of the third section.
 */
export function pointOf(scroller: HTMLElement): number {
  const tops = topsOf(scroller);
  const at = scroller.scrollTop;
  if (tops.length < 2 || at <= 0) return 0;
  const index = Math.max(
    0,
    tops.findLastIndex((top) => top <= at),
  );
  const [top, next] = [tops[index]!, tops[index + 1]];
  if (next === undefined) return index;
  return index + Math.min(0.999, Math.max(0, (at - top) / (next - top)));
}

export function scrollToPoint(scroller: HTMLElement, point: number): void {
  const tops = topsOf(scroller);
  const index = Math.min(Math.floor(point), tops.length - 1);
  const [top, next] = [tops[index], tops[index + 1]];
  if (top === undefined) return;
  scroller.scrollTop = next === undefined ? top : top + (point - index) * (next - top);
}

/** The top, then each section that stands on its own, then the end; in pixels of the scroller. */
function topsOf(scroller: HTMLElement): number[] {
  const zero = scroller.getBoundingClientRect().top - scroller.scrollTop;
  const sections = [...scroller.querySelectorAll('[data-anchor]')].map((one) => one.getBoundingClientRect().top - zero);
  return [0, ...sections, scroller.scrollHeight];
}
