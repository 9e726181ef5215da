import type { Person } from '#shared/contract/person.ts';
import { foldedText } from '#shared/domain/folded-text.ts';

/** A mention in a stored comment: `@[<id>]`. */
const token = /@\[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]/g;
const reference = /(?<![\w-])[A-Z][A-Z0-9]{1,5}-\d{1,9}(?![\w-])/g;

export interface Mentionable extends Person {
  /** Null where this page's person may not see it. */
  email?: string | null;
  /** A former member: the name stays in comments, but is not offered. */
  former?: boolean;
}

/**
 * The label of each person while typing: the name, or for people with the same name, the name and an address or number.
 */
export function labelsOf(people: readonly Mentionable[]): Map<string, string> {
  const byName = Map.groupBy(people, ({ name }) => name);
  return new Map(
    people.map((person) => {
      const sharing = byName.get(person.name)!;
      const more = person.email ?? String(sharing.indexOf(person) + 1);
      return [person.id, sharing.length > 1 ? `${person.name} (${more})` : person.name];
    }),
  );
}

/** Converts typed text to stored form. The longest name wins: `@Ana Maria` is not `@Ana` followed by a word. */
export function withTokens(typed: string, people: readonly Mentionable[]): string {
  const labels = [...labelsOf(people)].toSorted(([, one], [, other]) => other.length - one.length);
  let stored = '';
  for (let at = 0; at < typed.length;) {
    const match = mentionAt(typed, at, labels);
    stored += match ? `@[${match[0]}]` : typed[at];
    at += match ? match[1].length + 1 : 1;
  }
  return stored;
}

function mentionAt(typed: string, at: number, labels: readonly [id: string, label: string][]) {
  if (typed[at] !== '@' || isWordy(typed[at - 1])) return undefined;
  return labels.find(([, label]) => typed.startsWith(label, at + 1) && !isWordy(typed[at + 1 + label.length]));
}

const isWordy = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);

/** Converts stored text to typed form. Mentions of unknown people stay in stored form. */
export function withNames(stored: string, people: readonly Mentionable[]): string {
  const labels = labelsOf(people);
  return stored.replaceAll(token, (whole, id: string) => (labels.has(id) ? `@${labels.get(id)}` : whole));
}

export type CommentPart =
  { kind: 'text'; text: string } | { kind: 'person'; id: string } | { kind: 'record'; reference: string };

/** Splits a stored comment into text, mentions and possible references to records of a scope with this prefix. */
export function partsOf(stored: string, prefix: string | null): CommentPart[] {
  return stored.split(token).flatMap((piece, index): CommentPart[] => {
    if (index % 2 === 1) return [{ kind: 'person', id: piece }];
    return withReferences(piece, prefix);
  });
}

function withReferences(text: string, prefix: string | null): CommentPart[] {
  const parts: CommentPart[] = [];
  let from = 0;
  for (const { 0: match, index } of text.matchAll(reference)) {
    if (prefix === null || !match.startsWith(`${prefix}-`)) continue;
    if (index > from) parts.push({ kind: 'text', text: text.slice(from, index) });
    parts.push({ kind: 'record', reference: match });
    from = index + match.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

/** The name being typed at the caret: the position of its `@` and the text after it. Null: no name is being typed. */
export function mentionBeing(typed: string, caret: number): { start: number; query: string } | null {
  const start = typed.lastIndexOf('@', caret - 1);
  if (start < 0 || isWordy(typed[start - 1])) return null;
  const query = typed.slice(start + 1, caret);
  return query.length > 40 || /[\n@[\]]/.test(query) || /^\s/.test(query) ? null : { start, query };
}

const shownPeople = 6;

/** The people whose name, or a part of it, begins with the query; matches of the whole name come first. */
export function peopleMeant<P extends Mentionable>(people: readonly P[], query: string): P[] {
  const wanted = foldedText(query);
  const present = people.filter(({ former }) => !former);
  const whole = present.filter(({ name }) => foldedText(name).startsWith(wanted));
  const part = present.filter(
    (person) =>
      !whole.includes(person) &&
      foldedText(person.name)
        .split(/\s+/)
        .some((word) => word.startsWith(wanted)),
  );
  return [...whole, ...part].slice(0, shownPeople);
}
