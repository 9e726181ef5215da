import type { DataTree } from '#shared/contract/record.ts';
import { textAt } from '../data-tree.ts';
import { conditionOf, requirementOf } from './catalogue.ts';
import { isMet } from './condition.ts';
import type { BuildStage, Entry, VehicleCategory } from './entry.ts';
import { convertorsOf } from './powertrain.ts';

export const buildStagePath = 'CocDataGroup/StageOfCompletion';

/**
 * `mandatory`: the certificate requires the entry; `conditional`: it may contain the entry and the data do not decide
 * whether it is required; `notCalledFor`: it does not require it.
 */
export type EntryObligation = 'mandatory' | 'conditional' | 'notCalledFor';

/**
 * Whether this vehicle's certificate requires an entry of its category. An incomplete or completed vehicle (stage I, V)
 * requires the first page, and a mandatory technical entry only if the catalogue says so for that stage.
 */
export function calledFor(entry: Entry, data: DataTree, category: VehicleCategory): EntryObligation {
  const requirement = requirementOf(entry, category);
  if (requirement === 'optional') return 'conditional';
  const owed = requirement === 'mandatory' ? owedAlways(entry, data, category) : owedWhere(entry, data, category);
  if (owed === null) return 'conditional';
  return owed ? 'mandatory' : 'notCalledFor';
}

/** The build stage; a missing or unknown stage is treated as complete, for which everything is checked. */
export function buildStageOf(data: DataTree): BuildStage {
  const stage = textAt(data, buildStagePath);
  return stage === 'I' || stage === 'V' ? stage : 'C';
}

/**
 * Whether an entry is technical. Every build stage requires the general and approval sections; header and signature are
 * added with the message at any stage.
 */
export function isTechnical({ section }: Entry): boolean {
  return !['general', 'approval', 'message', 'signature'].includes(section);
}

/** Whether the catalogue's `unless` exempts this vehicle from a mandatory entry. */
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
