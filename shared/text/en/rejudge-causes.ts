import type { Texts } from '../texts.ts';

export const rejudgeCauses: Texts['rejudgeCauses'] = {
  approval: ({ approval }) => `approval ${approval} changed`,
  rules: () => 'the rules changed',
  edition: () => 'the product’s rules changed',
  date: () => 'the date changed',
  timeZone: () => 'the time zone changed',
  signatory: () => 'the signatory’s name changed',
};
