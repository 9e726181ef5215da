import * as approvals from './approvals.ts';
import * as bulk from './bulk.ts';
import * as exceptions from './exceptions.ts';
import * as imports from './imports.ts';
import * as notifications from './notifications.ts';
import * as people from './people.ts';
import * as records from './records.ts';
import * as rules from './rules.ts';
import * as scopes from './scopes.ts';
import * as since from './since.ts';
import * as standups from './standups.ts';
import * as waivers from './waivers.ts';

/** Every route of the API. The web derives its types from this object. */
export const routes = {
  ...people,
  ...scopes,
  ...records,
  ...bulk,
  ...exceptions,
  ...imports,
  ...approvals,
  ...waivers,
  ...rules,
  ...notifications,
  ...since,
  ...standups,
};
export type Routes = typeof routes;
