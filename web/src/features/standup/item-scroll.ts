/**
 * The scroll position of the table, from 0 (top) to 1 (end), independent of the screen width: each section is an equal
 * share, whatever its height.
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

/**
 * The offsets of the top, of each further section and of the end, in pixels of the scrolled content, without
 * duplicates.
 */
function topsOf(scroller: HTMLElement): number[] {
  const zero = scroller.getBoundingClientRect().top - scroller.scrollTop;
  const sections = [...scroller.querySelectorAll('[data-anchor]')].map((one) => one.getBoundingClientRect().top - zero);
  return [...new Set([0, ...sections, scroller.scrollHeight])];
}
