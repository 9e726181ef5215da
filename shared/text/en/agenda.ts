import type { Texts } from '../texts.ts';
import { stages } from './names.ts';
import { counted } from './words.ts';

const stage = (key: unknown) => stages[key as keyof typeof stages] ?? String(key);

export const agendaReasons: Texts['agendaReasons'] = {
  releaseAtRisk: ({ days }) => {
    if (days === 0) return 'Release is planned for today';
    return Number(days) < 0
      ? `Release was planned ${counted(-Number(days), 'day')} ago`
      : `Release in ${counted(Number(days), 'day')}`;
  },
  blocked: ({ days, cause }) =>
    days === 0 ? `Blocked since today: ${cause}` : `Blocked for ${counted(Number(days), 'day')}: ${cause}`,
  slow: ({ days, usual, stage: key }) => `${counted(Number(days), 'day')} in ${stage(key)}, usual is up to ${usual}`,
  waiverEnding: ({ days, rule }) =>
    days === 0 ? `The waiver of ${rule} ends today` : `The waiver of ${rule} ends in ${counted(Number(days), 'day')}`,
  unowned: ({ stage: key }) => `Nobody owns the next action in ${stage(key)}`,
  changed: ({ count }) => `${counted(Number(count), 'change')} since the last standup`,
  notReached: () => 'Not reached in the last standup',
};
