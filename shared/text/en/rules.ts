import asks from './rule-asks.json' with { type: 'json' };

/** The requirement of each rule of a gate, by rule id. Generated from the first words of the rule's line in SPEC.md. */
export const ruleAsks: Readonly<Record<string, string>> = asks;

/** Why an organisation cannot change a fixed rule, by rule id. */
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
