import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { unreadableLabel } from '#test/support/unreadable.ts';
import { presets } from './mappings.ts';
import { readFile } from './read-file.ts';
import { readRows, type FileContent } from './read-rows.ts';
import { Unreadable } from './unreadable.ts';

const header = 'VFN,Man,Tan,T,Va,Ve,Mk,Cn,Ct,m (kg),Mt,W (mm)';
const line = (n: number) => `IP-${n},Nordhavn,e1*2018/858*00001*01,T${n},V,W,"SUND ""${n}""",Brise,M1,1500,1600,2700`;
const fileOf = (rows: number, last = '') =>
  new TextEncoder().encode(`${header}\n${Array.from({ length: rows }, (_, n) => line(n)).join('\n')}\n${last}`);

async function partsOf(parts: AsyncGenerator<FileContent>): Promise<FileContent[]> {
  const all: FileContent[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

test('reading a file in a worker thread gives the same result as reading it in process (fault S25)', async () => {
  const inProcess = await partsOf(readRows(fileOf(3_000), presets));
  expect(await partsOf(readFile(fileOf(3_000), presets))).toEqual(inProcess);
  expect(inProcess.flatMap((part) => (part.kind === 'rows' ? part.rows : []))).toHaveLength(3_000);
}, 60_000);

test('an unreadable file gives the same message in both cases, after the readable parts (fault S25)', async () => {
  const cut = () => fileOf(3_000, 'IP,"never closed');
  const said = async (parts: AsyncGenerator<FileContent>) => {
    let count = 0;
    try {
      for await (const _ of parts) count += 1;
    } catch (error) {
      return { count, words: unreadableLabel(error), known: error instanceof Unreadable };
    }
    throw new Error('it was read to its end');
  };
  const inProcess = await said(readRows(cut(), presets));
  expect(inProcess).toMatchObject({ known: true });
  expect(await said(readFile(cut(), presets))).toEqual(inProcess);
}, 60_000);

/** In process, reading a file of this size blocks the event loop for about a second. */
test('other work continues while a large file is read (fault S25)', async () => {
  const bytes = fileOf(30_000);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let rows = 0;
  for await (const part of readFile(bytes, presets)) {
    if (part.kind === 'rows') rows += part.rows.length;
    // The consumer is slow: the thread waits meanwhile and does not read ahead (backpressure).
    if (rows % 5_000 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  delay.disable();
  expect(rows).toBe(30_000);
  expect(delay.percentile(99) / 1e6).toBeLessThan(100);
}, 120_000);

test('a consumer that stops early terminates the thread (fault S25)', async () => {
  for await (const part of readFile(fileOf(3_000), presets)) if (part.kind === 'rows') break;
  expect(process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length).toBeLessThan(3);
}, 60_000);
