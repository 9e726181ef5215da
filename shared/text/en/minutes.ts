import type { Texts } from '../texts.ts';
import { counted } from './words.ts';

export const minutes: Texts['minutes'] = {
  title: ({ scope, day }) => `Standup ${scope}, ${day}`,
  time: ({ from, until }) => `Time: ${from} to ${until} UTC`,
  ledBy: ({ leaders }) => `Led by: ${leaders}`,
  nextLeader: () => ', then ',
  agenda: ({ records, decided, open, unreached }) =>
    `Agenda: ${counted(Number(records), 'record')}, ${decided} decided, ${open} open, ${unreached} not reached`,
  onTheTable: ({ spent, planned }) => `On the table: ${spent} of ${planned}`,
  present: () => 'Who was there',
  decided: () => 'Decided',
  open: () => 'Open',
  unreached: () => 'Not reached',
  none: () => 'None.',
  attended: ({ person, from, until }) => `${person}, ${from} to ${until}`,
  stillOpen: () => 'still open',
  stillThere: () => 'still there',
  minutes: ({ time }) => `${time} min`,
  nobody: () => 'nobody',
  formerMember: () => 'a former member',
  outcome: ({ kind, who, owner, note, due }) => {
    const why = note === undefined ? '' : `: ${note}`;
    const until = due === undefined ? '' : `, until ${due}`;
    switch (kind) {
      case 'nextAction':
        return `Next action for ${who}${why}${until}`;
      case 'releaseDate':
        return due === undefined ? 'No release planned any more' : `Release planned for ${due}`;
      case 'exception':
        return `Exception raised${why}${owner === undefined ? '' : `, owned by ${owner}`}${until}`;
      case 'escalated':
        return `Escalated to the lead${why}`;
      default:
        return `Nothing to do${why}`;
    }
  },
};
