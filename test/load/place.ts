import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import postgres from 'postgres';
import type { Config } from '#server/app/config.ts';

/** A separate database for one measurement, and the server configuration for it. */
export interface Place {
  config: Config['database'];
  env: Record<string, string>;
  clear(): Promise<void>;
}

/** On a PostgreSQL server if one is given, else embedded. */
export async function place(server: string | undefined): Promise<Place> {
  const folder = await mkdtemp(`${tmpdir()}/ecoc-bench-`);
  const clearFolder = () => rm(folder, { recursive: true, force: true });
  if (!server) {
    return {
      config: { kind: 'embedded', folder: `${folder}/database` },
      env: { DATA_DIR: folder },
      clear: clearFolder,
    };
  }
  const name = `ecoc_bench_${process.pid}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin.unsafe(`drop database if exists ${name}`);
  await admin.unsafe(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    config: { kind: 'postgres', url: url.href },
    env: { DATABASE_URL: url.href, DATA_DIR: folder },
    clear: async () => {
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
      await clearFolder();
    },
  };
}
