import type { DataTree } from '#shared/contract/record.ts';
import { nodesAt, textsAt } from '../data-tree.ts';
import conditions from './conditions.json' with { type: 'json' };
import type { ConditionName, ConvertorKind, VehicleCategory } from './entry.ts';
import { convertorsOf, powertrainOf, type Powertrain } from './powertrain.ts';

/** A condition on the data. A name refers to the condition of that name in `conditions.json`. */
export type Condition =
  | ConditionName
  | { powertrain: readonly Powertrain[] }
  /** The vehicle has an engine or motor of this kind. */
  | { convertor: ConvertorKind }
  /**
   * At least one text of the element is one of these (`is`), has this prefix (`begins`) or is a number of at least this
   * size (`atLeast`). A missing element leaves the condition undecided.
   */
  | { element: string; is: readonly string[] }
  | { element: string; begins: string }
  | { element: string; atLeast: number }
  | { present: string }
  | { category: readonly VehicleCategory[] }
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }
  /** The data of the record cannot decide this condition. */
  | { unknown: string };

const named = conditions as unknown as Readonly<Record<ConditionName, Condition>>;

/** Trees are immutable (`setAt` returns a new one), so cached results stay valid. */
const cache = new WeakMap<DataTree, Map<string, boolean | null>>();

/** Whether a condition holds for this vehicle; null if its data do not decide it. */
export function isMet(condition: Condition, data: DataTree, category: VehicleCategory): boolean | null {
  if (typeof condition === 'string') return isNamedMet(condition, data, category);
  if ('all' in condition) return every(condition.all.map((one) => isMet(one, data, category)));
  if ('any' in condition) return some(condition.any.map((one) => isMet(one, data, category)));
  if ('not' in condition) return opposite(isMet(condition.not, data, category));
  if ('present' in condition) return nodesAt(data, condition.present).some((node) => node !== '');
  if ('category' in condition) return condition.category.includes(category);
  if ('powertrain' in condition) {
    const powertrain = powertrainOf(data);
    return powertrain && condition.powertrain.includes(powertrain);
  }
  if ('convertor' in condition) return hasConvertor(data, condition.convertor);
  if ('unknown' in condition) return null;
  const texts = textsAt(data, condition.element);
  if ('atLeast' in condition) return reaches(texts, condition.atLeast);
  if (texts.length === 0) return null;
  return texts.some((text) => ('is' in condition ? condition.is.includes(text) : text.startsWith(condition.begins)));
}

function isNamedMet(name: ConditionName, data: DataTree, category: VehicleCategory): boolean | null {
  let answers = cache.get(data);
  if (!answers) cache.set(data, (answers = new Map()));
  const key = `${name} ${category}`;
  let answer = answers.get(key);
  if (answer === undefined) answers.set(key, (answer = isMet(named[name], data, category)));
  return answer;
}

function hasConvertor(data: DataTree, kind: ConvertorKind): boolean | null {
  const kinds = convertorsOf(data).map((convertor) => convertor.kind);
  if (kinds.includes(kind)) return true;
  return kinds.length === 0 || kinds.includes(null) ? null : false;
}

function reaches(texts: readonly string[], least: number): boolean | null {
  const numbers = texts.filter((text) => /^\d+(\.\d+)?$/.test(text)).map(Number);
  if (numbers.some((number) => number >= least)) return true;
  return texts.length === 0 || numbers.length < texts.length ? null : false;
}

const every = (answers: readonly (boolean | null)[]) =>
  answers.includes(false) ? false : answers.includes(null) ? null : true;
const some = (answers: readonly (boolean | null)[]) =>
  answers.includes(true) ? true : answers.includes(null) ? null : false;
const opposite = (answer: boolean | null) => (answer === null ? null : !answer);
