import type { WaiverState } from '#shared/contract/waiver.ts';

const states: Record<WaiverState, true> = {
  proposed: true,
  active: true,
  refused: true,
  expired: true,
  revoked: true,
};

export const waiverStateKeys = Object.keys(states) as WaiverState[];

/** The state that the page's address selects; null: all. */
export function stateIn(address: URLSearchParams): WaiverState | null {
  const state = address.get('state');
  return waiverStateKeys.find((one) => one === state) ?? null;
}
