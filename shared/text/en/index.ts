import type { Texts } from '../texts.ts';
import { findings } from './findings.ts';
import { acts, checklist, duties, stages } from './names.ts';
import { notifications } from './notifications.ts';
import { ruleAsks, whyFixed } from './rules.ts';

export const en: Texts = {
  findings,
  unknownFinding: () => 'A rule is not met. Reload the page to see what it asks.',
  notifications,
  stages,
  duties,
  checklist,
  acts,
  ruleAsks,
  whyFixed,
};
