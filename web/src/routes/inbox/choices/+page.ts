import { call } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ fetch }) => call('get /api/notifications/choices', { fetch });
