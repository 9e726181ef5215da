// How `npm start` enters. What Node compiled is kept between starts; without it every start strips the types of every
// file anew, which costs time and memory. It is no TypeScript itself, so that what strips types is not even loaded.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)));
await import('./main.ts');
