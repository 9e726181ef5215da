import { expect, test } from 'vitest';
import { wayBack } from './way-back.ts';

test.each(['/', '/scopes/1?mine=true#x', '/scopes/%2F%2Fx', '/a%09b'])('%s is a valid return path', (from) => {
  expect(wayBack(from)).toBe(from);
});

test.each([
  null,
  '',
  'scopes',
  'https://evil.example',
  'javascript:alert(1)',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r/evil.example',
  '/\u0000',
  '/.//evil.example',
  '/x/..//evil.example',
])('%j falls back to the start page (faults S17, D11)', (from) => {
  expect(wayBack(from)).toBe('/');
});
