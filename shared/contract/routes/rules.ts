import { z } from 'zod';
import { Id } from '../id.ts';
import { RuleLine, RuleSet, RuleSettings, RuleTrial } from '../rule-set.ts';
import { route } from './route.ts';

const organisation = z.object({ organisation: Id });

export const getRules = route({
  method: 'get',
  path: '/api/organisations/{organisation}/rules',
  summary: 'The rules, what the organisation sets differently, and the earlier versions of that',
  params: organisation,
  answer: z.object({ present: RuleSet, earlier: z.array(RuleSet), rules: z.array(RuleLine) }),
});

export const tryRules = route({
  method: 'post',
  path: '/api/organisations/{organisation}/rules/trials',
  summary: 'See what other settings would change, before they hold: today’s records and the moves of the last 90 days',
  write: true,
  params: organisation,
  body: RuleSettings,
  answer: RuleTrial,
});

export const getRuleTrial = route({
  method: 'get',
  path: '/api/organisations/{organisation}/rules/trials/{trial}',
  summary: 'How far a trial is, and what it found',
  params: organisation.extend({ trial: Id }),
  answer: RuleTrial,
});

export const changeRules = route({
  method: 'post',
  path: '/api/organisations/{organisation}/rules',
  summary: 'Let other settings hold from now on; every open record is judged again',
  write: true,
  params: organisation,
  body: z.object({
    from: z.int32().describe('The version the caller saw'),
    settings: RuleSettings,
    note: z.string().trim().min(1).max(500).describe('Why'),
  }),
  answer: RuleSet,
});
