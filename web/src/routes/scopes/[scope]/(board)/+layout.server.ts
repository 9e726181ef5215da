import type { Density } from '#features/board/state/board-screen.svelte.ts';
import type { LayoutServerLoad } from './$types';

/** What this browser remembers of the board, so that the first picture already has it. */
export const load: LayoutServerLoad = ({ cookies }): { density: Density; rail: boolean } => ({
  density: cookies.get('density') === 'compact' ? 'compact' : 'comfortable',
  rail: cookies.get('rail') !== 'closed',
});
