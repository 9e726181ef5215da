/**
 * Where the table is scrolled to, between 0 (its top) and 1 (its end), so that it means the same on a screen of another
 * width: each section is one equal part of the way, however long it is there.
 */
export function scrollOf(scroller: HTMLElement): number {
  const tops = topsOf(scroller);
  const at = scroller.scrollTop;
  const index = tops.findLastIndex((top) => top <= at);
  const [top, next] = [tops[index], tops[index + 1]];
  if (at <= 0 || top === undefined) return 0;
  if (next === undefined) return 1;
  return (index + (at - top) / (next - top)) / (tops.length - 1);
}

export function scrollTo(scroller: HTMLElement, scroll: number): void {
  const tops = topsOf(scroller);
  const way = scroll * (tops.length - 1);
  const index = Math.min(Math.floor(way), tops.length - 2);
  const [top, next] = [tops[index]!, tops[index + 1]!];
  scroller.scrollTop = top + (way - index) * (next - top);
}

/** The top, each section further down, and the end; in pixels of what is scrolled, each once. */
function topsOf(scroller: HTMLElement): number[] {
  const zero = scroller.getBoundingClientRect().top - scroller.scrollTop;
  const sections = [...scroller.querySelectorAll('[data-anchor]')].map((one) => one.getBoundingClientRect().top - zero);
  return [...new Set([0, ...sections, scroller.scrollHeight])];
}
