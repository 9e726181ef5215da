import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeError } from './log.ts';

const token = 'a-session-token-0123';
const vin = 'YV9TEST0000000042';

test.each([
  ['a query that failed', new DrizzleQueryError('select * from sessions where token = $1', [token], new Error('gone'))],
  [
    'a value of the wrong type',
    Object.assign(new Error(`invalid input syntax for type uuid: "${token}"`), { code: '22P02' }),
  ],
  [
    'a duplicate',
    Object.assign(new Error('duplicate key value violates unique constraint "records_vin"'), {
      code: '23505',
      detail: `Key (vin)=(${vin}) already exists.`,
      parameters: [vin],
    }),
  ],
  ['text that is not JSON', new SyntaxError(`Unexpected token 'Y', "${vin}" is not valid JSON`)],
  ['a value that is no error', { token }],
])('logs %s without its values (fault S18)', (_, error) => {
  const wrapped = new Error('the request failed', { cause: error });
  for (const text of [describeError(error), describeError(wrapped)]) {
    expect(text).not.toContain(token);
    expect(text).not.toContain(vin);
  }
});

test('keeps the kind, the location, the cause and the stack frames (fault S18)', () => {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint "records_vin"'), {
    code: '23505',
    constraint_name: 'records_vin',
  });
  const text = describeError(new DrizzleQueryError('insert into records values ($1)', [vin], cause));
  expect(text).toContain('insert into records values ($1)');
  expect(text).toContain(
    'Error 23505: duplicate key value violates unique constraint "records_vin" (constraint records_vin)',
  );
  expect(text).toContain('caused by');
  expect(text).toMatch(/\n\s+at .*log\.test\.ts/);
});
