import { describe, expect, it } from 'vitest';
import { filterIn, searchWith } from './filter-address.ts';

describe('the filter in the address', () => {
  it('parses what it formatted', () => {
    const filter = { owner: '0192f0c0-0000-7000-8000-000000000001', blocked: true, text: 'e1*2018 & co' };
    expect(filterIn(new URLSearchParams(searchWith(new URLSearchParams(), filter)))).toEqual(filter);
  });

  it('adds nothing to the address for an empty filter', () => {
    expect(searchWith(new URLSearchParams('mine=true&text=x'), { mine: false, text: '  ' })).toBe('');
  });

  it('keeps parameters of others', () => {
    expect(searchWith(new URLSearchParams('view=wide&mine=true'), {})).toBe('?view=wide');
  });

  it.each(['-'.repeat(36), '0192f0c0-0000-0000-0000-000000000001', '0192f0c0', 'xyz'])(
    'omits the invalid owner %s (fault no. 44)',
    (owner) => {
      expect(filterIn(new URLSearchParams({ owner, mine: 'true' }))).toEqual({ mine: true });
    },
  );

  it('omits invalid values', () => {
    expect(filterIn(new URLSearchParams('owner=me&mine=1&blocked=no&text='))).toEqual({});
    expect(filterIn(new URLSearchParams({ text: 'x'.repeat(200) })).text).toHaveLength(100);
  });
});
