/** The database schema. `npm run generate` writes the migration for a change. */
export * from './tables/approvals.ts';
export * from './tables/documents.ts';
export * from './tables/imports.ts';
export * from './tables/judging.ts';
export * from './tables/organisations.ts';
export * from './tables/people.ts';
export * from './tables/notifications.ts';
export * from './tables/records.ts';
export * from './tables/sign-in-tries.ts';
export * from './tables/standups.ts';
export * from './tables/trail.ts';
