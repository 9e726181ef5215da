import { expect, test } from 'vitest';
import { checklistTitle, ruleAsks, whyFixed } from './names.ts';

test('a checklist item is named by its id, whatever title an old document holds', () => {
  expect(checklistTitle('source', 'Another title')).toBe('Data taken from the released source');
  expect(checklistTitle('source')).toBe('Data taken from the released source');
});

test('an item that the product no longer has keeps its stored title', () => {
  expect(checklistTitle('gone', 'Weighed twice')).toBe('Weighed twice');
  expect(checklistTitle('gone')).toBe('gone');
});

test('a rule unknown to this version is shown by its id', () => {
  expect(ruleAsks('R02')).toBe('The VIN holds no I, O or Q.');
  expect(ruleAsks('R999')).toBe('R999.');
  expect(whyFixed('R999')).toBe('');
});
