import { expect, test } from 'vitest';
import { entries } from './catalogue.ts';
import { isValuePath } from './value-path.ts';

test('every entry except a group is a value path', () => {
  const astray = entries.filter(({ format, path }) => format.kind !== 'group' && !isValuePath(path));
  expect(astray.map(({ key }) => key).filter((key) => key !== 'signature')).toEqual([]);
});

test.each([
  'CocDataGroup/AxleTable/AxleGroup/1/AxleTrack',
  'CocDataGroup/MakeTable/MakeGroup/Make',
  'CocDataGroup/EnergyConvertorTable/EnergyConvertorGroup/EnergySourceTable/EnergySourceGroup/TestFamilyIdentifiersTable/TestFamilyIdentifiersGroup[TestFamilyIdentifier=IP]/TestFamilyIdentifierValue',
])('%s is a value path', (path) => expect(isValuePath(path)).toBe(true));

test.each([
  ['nothing', ''],
  ['an element that is not there', 'CocDataGroup/Colour'],
  ['a group', 'CocDataGroup/MassGroup'],
  ['past a value', 'CocDataGroup/Type/Type'],
  ['a row of what is no table', 'CocDataGroup/0/Type'],
  ['a row past all axles', 'CocDataGroup/AxleTable/AxleGroup/100000/AxleTrack'],
  ['two rows', 'CocDataGroup/AxleTable/AxleGroup/1/1/AxleTrack'],
  ['a key that is not there', 'CocDataGroup/AxleTable/AxleGroup[Colour=red]/AxleTrack'],
  ['a name of JavaScript', 'CocDataGroup/__proto__/Type'],
  ['the signature', 'Signature'],
])('%s is not a value path', (_, path) => expect(isValuePath(path)).toBe(false));
