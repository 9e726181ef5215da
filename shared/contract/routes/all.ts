import * as imports from './imports.ts';
import * as people from './people.ts';
import * as records from './records.ts';
import * as scopes from './scopes.ts';

/** Every route of the API. The web takes its types from here. */
export const routes = { ...people, ...scopes, ...records, ...imports };
export type Routes = typeof routes;
