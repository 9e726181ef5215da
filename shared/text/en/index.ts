import type { Texts } from '../texts.ts';
import { agendaReasons } from './agenda.ts';
import entryNames from './entry-names.json' with { type: 'json' };
import { expected } from './expected.ts';
import { findings } from './findings.ts';
import { mails } from './mails.ts';
import { minutes } from './minutes.ts';
import { acts, checklist, duties, stages } from './names.ts';
import { notifications } from './notifications.ts';
import { fields, issues, problems, things } from './problems.ts';
import { rejudgeCauses } from './rejudge-causes.ts';
import { ruleAsks, whyFixed } from './rules.ts';
import { unreadable } from './unreadable.ts';

export const en: Texts = {
  expected,
  entryNames,
  problems,
  issues,
  things,
  fields,
  agendaReasons,
  minutes,
  mails,
  findings,
  unknownFinding: () => 'A rule is not met. Reload the page to see what it asks.',
  unreadable,
  notifications,
  stages,
  duties,
  checklist,
  acts,
  rejudgeCauses,
  ruleAsks,
  whyFixed,
};
