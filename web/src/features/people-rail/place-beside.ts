interface Box {
  width: number;
  height: number;
}

const gap = 10;

/** The position of a panel beside a point, or beside an element of this width, inside the window. */
export function placeBeside(
  at: { x: number; y: number; width?: number },
  panel: Box,
  view: Box,
): { x: number; y: number } {
  const right = at.x + (at.width ?? 0) + gap;
  const x = right + panel.width < view.width ? right : at.x - gap - panel.width;
  const furthest = view.width - panel.width - gap;
  return {
    x: Math.max(gap, Math.min(x, furthest)),
    y: Math.max(gap, Math.min(at.y - 12, view.height - panel.height - gap)),
  };
}
