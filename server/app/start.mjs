// Entry point of `npm start`. Node's compile cache is kept between starts; without it every start strips the types of
// every file again, which costs time and memory. This file is not TypeScript, so the type stripper is not even loaded.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)));
await import('./main.ts');
