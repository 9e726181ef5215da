import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dataRules } from '#shared/domain/data-rules.ts';
import { factsOfNewRecord } from '#shared/domain/facts.ts';
import { findingsOf } from '#shared/domain/judge.ts';
import { sentence } from '#shared/text/sentence.ts';
import { readIvi } from './read-ivi.ts';

/** Folder of the official examples. They belong to their publisher and are not shipped with the product. */
const folder = process.env['IVI_EXAMPLES'];
const examples = folder ? globSync('*.xml', { cwd: folder }) : [];

test.skipIf(examples.length === 0)('no official example has a finding that closes a gate', () => {
  for (const name of examples) {
    const { data, findings } = readIvi(readFileSync(`${folder}/${name}`));
    const facts = factsOfNewRecord({ today: '2026-11-25', data });
    const judged = [...findings, ...dataRules.flatMap((rule) => findingsOf(rule, facts))];
    expect(judged.filter(({ severity }) => severity === 'error').map((one) => `${name}: ${sentence(one)}`)).toEqual([]);
  }
});
