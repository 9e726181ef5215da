import type { DataTree } from '#shared/contract/record.ts';
import { textAt } from '../data-tree.ts';
import { conditionOf, requirementOf } from './catalogue.ts';
import { isMet } from './condition.ts';
import type { BuildStage, Entry, VehicleCategory } from './entry.ts';
import { convertorsOf } from './powertrain.ts';

export const buildStagePath = 'CocDataGroup/StageOfCompletion';

/** The certificate owes the entry, or may hold it and the data do not decide whether it has to, or does not owe it. */
export type EntryObligation = 'mandatory' | 'conditional' | 'notCalledFor';

/**
 * Whether this vehicle's certificate owes an entry of its category. Of an incomplete or completed vehicle (stage I, V)
 * the first page is owed; a mandatory technical entry only where the catalogue says so of that stage.
 */
export function calledFor(entry: Entry, data: DataTree, category: VehicleCategory): EntryObligation {
  const requirement = requirementOf(entry, category);
  if (requirement === 'optional') return 'conditional';
  const owed = requirement === 'mandatory' ? owedAlways(entry, data, category) : owedWhere(entry, data, category);
  if (owed === null) return 'conditional';
  return owed ? 'mandatory' : 'notCalledFor';
}

/** A missing or unknown stage is taken for a complete vehicle, of which everything is asked. */
export function buildStageOf(data: DataTree): BuildStage {
  const stage = textAt(data, buildStagePath);
  return stage === 'I' || stage === 'V' ? stage : 'C';
}

/** General and approval, which every stage owes; header and signature come with the message, whatever the stage. */
export function isTechnical({ section }: Entry): boolean {
  return !['general', 'approval', 'message', 'signature'].includes(section);
}

/** Whether an exception of the catalogue frees this vehicle of a mandatory entry. */
export function isExcepted({ unless }: Entry, data: DataTree, category: VehicleCategory): boolean {
  return unless !== undefined && isMet(unless, data, category) === true;
}

function owedAlways(entry: Entry, data: DataTree, category: VehicleCategory): boolean | null {
  return isExcepted(entry, data, category) ? null : owedAtStage(entry, buildStageOf(data));
}

function owedAtStage(entry: Entry, stage: BuildStage): boolean | null {
  if (entry.stages) return entry.stages.includes(stage);
  return stage === 'C' || !isTechnical(entry) ? true : null;
}

function owedWhere(entry: Entry, data: DataTree, category: VehicleCategory): boolean | null {
  const { convertors } = entry;
  const when = conditionOf(entry, category);
  const answer = when ? isMet(when, data, category) : convertors ? true : null;
  if (answer === false || !convertors) return answer;
  const kinds = convertorsOf(data).map(({ kind }) => kind);
  if (kinds.some((kind) => kind !== null && convertors.includes(kind))) return answer;
  return kinds.length === 0 || kinds.includes(null) ? null : false;
}
