import type { Density } from '#features/board/state/board-screen.svelte.ts';
import type { LayoutServerLoad } from './$types';

/** The board settings stored in this browser, so that the first render already has them. */
export const load: LayoutServerLoad = ({ cookies }): { density: Density; rail: boolean } => ({
  density: cookies.get('density') === 'compact' ? 'compact' : 'comfortable',
  rail: cookies.get('rail') !== 'closed',
});
