import type { Texts } from '../texts.ts';
import { duties } from './names.ts';
import { counted } from './words.ts';

const things: Texts['things'] = {
  absence: 'absence',
  address: 'address',
  agendaRecord: 'record on the agenda',
  approval: 'approval',
  columnMapping: 'column mapping',
  exception: 'exception',
  file: 'file',
  import: 'import',
  invitation: 'invitation',
  link: 'link',
  operation: 'operation',
  organisation: 'organisation',
  person: 'person',
  record: 'record',
  revision: 'revision',
  scope: 'scope',
  standup: 'standup',
  successor: 'successor',
  trial: 'trial',
  waiver: 'waiver',
};

const fields: Texts['fields'] = {
  approval: 'approval',
  duties: 'duties',
  ...duties,
  entry: 'data',
  exception: 'exception',
  'exception.blocks': 'stage blocked by the exception',
  'exception.cause': 'cause of the exception',
  'exception.kind': 'kind of the exception',
  'exception.owner': 'owner of the exception',
  'exception.severity': 'severity of the exception',
  'exception.until': 'expected day of the exception',
  'exception.waitingFor': 'party the exception waits for',
  'exception.waitingOn': 'side the exception waits on',
  import: 'import',
  name: 'name',
  nextAction: 'next action',
  outcome: 'outcome',
  plannedRelease: 'planned release',
  ruleVersion: 'rules',
  stage: 'stage',
  standupLead: 'lead of the standup',
  standupPosition: 'record on the table',
  timeZone: 'time zone',
  waiver: 'waiver',
  withdrawal: 'withdrawal',
};

const wait = (seconds: unknown) =>
  Number(seconds) < 90 ? counted(Number(seconds), 'second') : counted(Math.ceil(Number(seconds) / 60), 'minute');

const problems: Texts['problems'] = {
  refused: { title: () => 'Refused', detail: () => 'It was refused. Load the page again to see why.' },
  forbidden: { title: () => 'Not yours to do', detail: () => 'You are not allowed to do this.' },
  stale: {
    title: () => 'Changed meanwhile',
    detail: ({ field, path }) =>
      `Somebody changed ${path === undefined ? `the ${fields[field as keyof typeof fields] ?? 'same field'}` : path} since you looked. Look at it as it is now, then decide again.`,
  },
  'not-found': {
    title: () => 'Not found',
    detail: ({ what }) =>
      `There is no such ${things[what as keyof typeof things] ?? 'thing'} here, or you do not belong to it.`,
  },
  invalid: {
    title: () => 'Not understood',
    detail: ({ path, issue }) =>
      issue === undefined ? 'The request was not understood.' : `${path || 'The request'}: ${issue}`,
  },
  'signed-out': { title: () => 'Signed out', detail: () => 'Sign in first.' },
  'other-person': {
    title: () => 'Somebody else is signed in',
    detail: () => 'Somebody else signed in in this browser, so nothing was changed. Reload the page.',
  },
  'too-large': {
    title: () => 'Too large',
    detail: ({ what, most }) =>
      what === 'file'
        ? `The file is larger than ${most} MiB. Make it smaller, or import it in parts.`
        : what === 'values'
          ? `The request has more than ${most} values. Send less at once.`
          : what === 'signIn'
            ? `The request is larger than ${most} KiB. An e-mail address and a password are shorter.`
            : `The request is larger than ${most} MiB. Send less at once.`,
  },
  'foreign-origin': {
    title: () => 'From another address',
    detail: ({ url }) =>
      `The board is reached at ${url}. Open it there; or, if you run it, set PUBLIC_URL to the address in use.`,
  },
  'too-many-requests': {
    title: ({ what }) => (what === 'passwords' ? 'Too many tries' : 'Too many requests'),
    detail: ({ what, seconds }) =>
      what === 'passwords'
        ? `Too many wrong passwords. Try again in ${wait(seconds)}.`
        : `You sent too many requests in a short time. Nothing was changed. Try again in ${wait(seconds)}.`,
  },
  failed: {
    title: ({ what }) => (what === 'mail' ? 'The mail was not sent' : 'Something went wrong'),
    detail: ({ what, to, request }) =>
      what === 'mail'
        ? `The mail server did not accept the mail to ${to}. Send it again in a moment, or revoke the invitation.`
        : `Try again. If the problem remains, report request ${request}.`,
  },
  unavailable: {
    title: () => 'Not available at the moment',
    detail: () =>
      'The database does not answer at the moment. Try again in a few seconds; sending the same again is safe.',
  },
};

const issues: Texts['issues'] = {
  'cursor.foreign': () => 'Take it from `next`.',
  'data.tree': () => 'Has to be text, elements or rows of elements.',
  'day.reach': () => 'Has to be between 1900-01-01 and 2999-12-31.',
  'exceptions.from': () => 'Say with `from` what you saw of each.',
  'file.hash': () => 'The SHA-256 of the file.',
  'json.deep': () => 'Is nested too deeply.',
  'json.malformed': () => 'This is not JSON.',
  'key.unknown': () => 'There is no such key here. Leave it out, or correct its name.',
  'moment.reach': () => 'Has to be between the years 1900 and 2999.',
  'name.control': () => 'A name cannot contain control characters, invisible characters or direction marks.',
  'name.noLetter': () => 'A name needs at least one letter.',
  'prefix.form': () => 'Two to six capital letters or digits, beginning with a letter.',
  'query.twice': () => 'Comes more than once. Send it once.',
  'text.unstorable': () => 'Contains characters that cannot be stored. Type it again.',
  'url.form': () => 'Enter an address that begins with https:// or http://.',
  'value.too_big': ({ most, of }) => (of === 'string' ? `Use at most ${most} characters.` : `At most ${most}.`),
  'value.too_small': ({ least, of }) => {
    if (of !== 'string') return `At least ${least}.`;
    return least === 1 ? 'Fill this in.' : `Use at least ${least} characters.`;
  },
  'value.other': () => 'This value is not valid.',
};

export { fields, issues, problems, things };
