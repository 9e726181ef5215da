import type { Density } from '#features/board/board-screen.svelte.ts';
import type { LayoutServerLoad } from './$types';

/** The size of the cards this browser remembers, so that the first picture already has it. */
export const load: LayoutServerLoad = ({ cookies }): { density: Density } => ({
  density: cookies.get('density') === 'compact' ? 'compact' : 'comfortable',
});
