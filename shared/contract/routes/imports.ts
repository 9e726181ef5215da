import { z } from 'zod';
import { Id, largestInteger } from '../id.ts';
import { ColumnMapping, Import, ImportRow, ImportRowState, NewColumnMapping } from '../import.ts';
import { route } from './route.ts';

const one = z.object({ import: Id });

export const checkImport = route({
  method: 'post',
  path: '/api/scopes/{scope}/imports',
  summary: 'Hand in a file and see what it would do; nothing is created yet',
  write: true,
  params: z.object({ scope: Id }),
  query: z.object({
    file: z.string().min(1).max(255).describe('The name of the file'),
    mapping: Id.optional().describe('Column mapping for a CSV file; left out: the one whose columns fit'),
  }),
  file: true,
  answer: Import,
});

export const getImport = route({
  method: 'get',
  path: '/api/imports/{import}',
  summary: 'State and progress of an import',
  params: one,
  answer: Import,
});

export const listImportRows = route({
  method: 'get',
  path: '/api/imports/{import}/rows',
  summary: 'What each row would create, or did, and what is wrong with it; paged by row',
  params: one,
  query: z.object({
    after: z.coerce.number().int().min(0).max(largestInteger).default(0),
    state: ImportRowState.optional(),
  }),
  answer: z.object({ rows: z.array(ImportRow), next: z.int().nullable() }),
});

export const applyImport = route({
  method: 'post',
  path: '/api/imports/{import}/apply',
  summary: 'Create the records of all good rows',
  write: true,
  params: one,
  answer: Import,
});

export const listMappings = route({
  method: 'get',
  path: '/api/organisations/{organisation}/mappings',
  summary: 'Column mappings for CSV files',
  params: z.object({ organisation: Id }),
  answer: z.object({ mappings: z.array(ColumnMapping) }),
});

export const saveMapping = route({
  method: 'post',
  path: '/api/organisations/{organisation}/mappings',
  summary: 'Save a column mapping under a name; the same name again replaces it',
  write: true,
  params: z.object({ organisation: Id }),
  body: NewColumnMapping,
  answer: ColumnMapping,
});
