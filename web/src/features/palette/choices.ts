import type { Person } from '#shared/contract/person.ts';
import type { FoundRecord } from '#shared/contract/record.ts';
import { hasWords } from '#shared/domain/folded-text.ts';
import { stageName } from '#shared/text/names.ts';
import type { PaletteCommand } from '#lib/palette-commands.svelte.ts';
import { m } from '#lib/paraglide/messages.js';

/** One line of the command palette. */
export interface PaletteChoice {
  id: string;
  title: string;
  note?: string | undefined;
  keys?: readonly string[] | undefined;
  run: () => void;
}

export interface ChoiceGroup {
  title: string;
  choices: readonly PaletteChoice[];
}

const mostPeople = 8;

export const recordGroup = (records: readonly FoundRecord[], open: (id: string) => void): ChoiceGroup => ({
  title: m.keys_group_records(),
  choices: records.map(({ id, reference, make, type, commercialName, vin, stage }) => ({
    id: `record-${id}`,
    title: [reference, [make, commercialName ?? type].filter(Boolean).join(' ')].filter(Boolean).join(' · '),
    note: [vin ?? m.keys_no_vin(), stageName(stage)].join(' · '),
    run: () => open(id),
  })),
});

/** Lists people only once something is typed. */
export const peopleGroup = (people: readonly Person[], typed: string, show: (id: string) => void): ChoiceGroup => ({
  title: m.board_tab_people(),
  choices: people
    .filter(({ name }) => typed.trim() !== '' && hasWords(name, typed))
    .slice(0, mostPeople)
    .map(({ id, name }) => ({ id: `person-${id}`, title: name, note: m.keys_person_note(), run: () => show(id) })),
});

/** The matching commands under their headings, in the order in which they are offered. */
export function commandGroups(commands: readonly PaletteCommand[], typed: string): ChoiceGroup[] {
  const fitting = commands.flatMap(({ title, group, keys, run }, index) =>
    run && hasWords(`${group} ${title}`, typed) ? { group, choice: { id: `command-${index}`, title, keys, run } } : [],
  );
  return Object.entries(Object.groupBy(fitting, ({ group }) => group)).map(([title, some]) => ({
    title,
    choices: some!.map(({ choice }) => choice),
  }));
}
