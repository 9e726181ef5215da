import type { Import } from '#shared/contract/import.ts';
import type { Client } from './client.ts';
import { waitFor } from './wait.ts';

/** Resolves with an import once no work on it is in progress. */
export async function settled(by: Client, id: string, limitMs?: number): Promise<Import> {
  let view!: Import;
  await waitFor(async () => {
    view = await by.call('get /api/imports/{import}', { params: { import: id } });
    return view.state !== 'checking' && view.state !== 'applying';
  }, limitMs);
  return view;
}

/** Uploads a file and waits for its dry run. */
export async function uploaded(by: Client, scope: string, content: string): Promise<Import> {
  const ask = { params: { scope }, query: { file: 'list.csv' }, file: new Blob([content]) };
  return settled(by, (await by.call('post /api/scopes/{scope}/imports', ask)).id);
}

/** Applies a checked import and waits for its end. */
export async function applied(by: Client, { id }: Import): Promise<Import> {
  await by.call('post /api/imports/{import}/apply', { params: { import: id } });
  return settled(by, id);
}
