import { call } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ fetch, params }) => call('get /api/setup/{token}', { params, fetch });
