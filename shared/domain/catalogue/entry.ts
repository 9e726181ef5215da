export type VehicleCategory = 'M1' | 'M2' | 'M3' | 'N1' | 'N2' | 'N3' | 'O1' | 'O2' | 'O3' | 'O4';

/** How a value is written. Lengths are characters; limits are in the entry's unit. */
export type Format =
  | { kind: 'text'; max: number }
  | { kind: 'integer'; min: number; max: number }
  | { kind: 'decimal'; min: number; max: number; decimals: number }
  /** `until`: a day that may not come later. */
  | { kind: 'date'; until?: 'today' }
  | { kind: 'datetime' }
  | { kind: 'code'; list: CodeListName }
  /** A group of elements that is there or not; `parts` has its elements. */
  | { kind: 'group' };

export type CodeListName = keyof typeof import('./code-lists.json');
export type ConditionName = keyof typeof import('./conditions.json');
export type ConvertorKind = 'combustion' | 'electric' | 'fuelCell';
/** As in the message: complete, incomplete, completed. */
export type BuildStage = 'C' | 'I' | 'V';
export type Requirement = 'mandatory' | 'conditional' | 'optional';

export type Section =
  | 'general'
  | 'approval'
  | 'construction'
  | 'dimensions'
  | 'masses'
  | 'power'
  | 'speed'
  | 'axles'
  | 'brakes'
  | 'bodywork'
  | 'coupling'
  | 'environment'
  | 'miscellaneous'
  | 'message'
  | 'signature';

/** An element of the message that has no entry of its own. Address in the data tree; see `data-tree.ts`. */
export interface EntryPart {
  path: string;
  format: Format;
}

/** One entry of a certificate of conformity. */
export interface Entry {
  key: string;
  /** As on the certificate, `13.2`; null where the message has it and the certificate has no number for it. */
  number: string | null;
  section: Section;
  unit: string | null;
  format: Format;
  categories: ReadonlySet<VehicleCategory>;
  requirement: Requirement;
  requirementByCategory?: Partial<Record<VehicleCategory, Requirement>>;
  /** When a conditional entry is called for, in words. */
  condition?: string;
  /** The same as data, where the data of a vehicle can decide it; see `condition.ts`. */
  when?: ConditionName;
  whenByCategory?: Partial<Record<VehicleCategory, ConditionName>>;
  /** A mandatory entry is not owed where this holds. */
  unless?: ConditionName;
  /** Only engines or motors of these kinds owe it, and each of them does. */
  convertors?: readonly ConvertorKind[];
  /** The build stages that owe a mandatory technical entry; left out: the complete one, and nothing is known of the others. */
  stages?: readonly BuildStage[];
  /** Address in the data tree; see `data-tree.ts`. */
  path: string;
  /** Both ends of an adjustable or variable value: together they give the entry as well. They are among `alternatives`. */
  range?: { min: string; max: string };
  /** Other elements that give the same entry. */
  alternatives?: readonly EntryPart[];
  /** Elements that say more about the entry, or make it up where it is a group. */
  parts?: readonly EntryPart[];
  /** Every row of the tables on its path has to hold it: every axle, every engine. */
  each?: boolean;
  repeats?: boolean;
  /** How sure the source of this entry is. */
  confidence: 'high' | 'medium' | 'low';
}
