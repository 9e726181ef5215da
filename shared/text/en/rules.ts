import asks from './rule-asks.json' with { type: 'json' };

/** What each rule that a gate asks asks of a record: the first words of its line in SPEC.md, from which they are made. By rule id. */
export const ruleAsks: Readonly<Record<string, string>> = asks;

/** Why no organisation sets a fixed rule otherwise. By rule id. */
export const whyFixed: Readonly<Record<string, string>> = {
  R01: 'The schema refuses any other VIN.',
  R02: 'ISO 3779 has no such VIN.',
  R03: 'One vehicle has one certificate at a build stage.',
  R44: 'The approval says who may sign.',
  R51: 'The schema refuses any other value.',
  R52: 'The schema refuses any other category.',
  P01: 'Nothing moves in a closed scope.',
  P04: 'Two people look at every record.',
  P05: 'Nobody else may sign in their place.',
  P06: 'Only what was reviewed goes on.',
  P07: 'Two people look at every record.',
  P12: 'The message has to be valid before it is signed.',
  P13: 'Nothing goes out without its seal.',
};
