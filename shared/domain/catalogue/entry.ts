export type VehicleCategory = 'M1' | 'M2' | 'M3' | 'N1' | 'N2' | 'N3' | 'O1' | 'O2' | 'O3' | 'O4';

/** The format of a value. Lengths are in characters; limits are in the entry's unit. */
export type Format =
  | { kind: 'text'; max: number }
  | { kind: 'integer'; min: number; max: number }
  | { kind: 'decimal'; min: number; max: number; decimals: number }
  /** `until`: the latest day allowed. */
  | { kind: 'date'; until?: 'today' }
  | { kind: 'datetime' }
  | { kind: 'code'; list: CodeListName }
  /** A group of elements that is present or not; `parts` lists its elements. */
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

/** An element of the message without an entry of its own. `path`: its address in the data tree; see `data-tree.ts`. */
export interface EntryPart {
  path: string;
  format: Format;
}

/** One entry of a certificate of conformity. */
export interface Entry {
  key: string;
  /**
   * As on the certificate, for example `13.2`; null if the message contains the entry but the certificate has no number
   * for it.
   */
  number: string | null;
  section: Section;
  unit: string | null;
  format: Format;
  categories: ReadonlySet<VehicleCategory>;
  requirement: Requirement;
  requirementByCategory?: Partial<Record<VehicleCategory, Requirement>>;
  /** When a conditional entry is required, in words. */
  condition?: string;
  /** The condition as data, if the data of a vehicle can decide it; see `condition.ts`. */
  when?: ConditionName;
  whenByCategory?: Partial<Record<VehicleCategory, ConditionName>>;
  /** A mandatory entry is not required if this condition holds. */
  unless?: ConditionName;
  /** Only engines or motors of these kinds require the entry, and each of them does. */
  convertors?: readonly ConvertorKind[];
  /**
   * The build stages that require a mandatory technical entry. Omitted: the complete stage requires it, and the others
   * are unknown.
   */
  stages?: readonly BuildStage[];
  /** Address in the data tree; see `data-tree.ts`. */
  path: string;
  /**
   * Both ends of an adjustable or variable value: together they also give the entry. They are included in
   * `alternatives`.
   */
  range?: { min: string; max: string };
  /** Other elements that give the same entry. */
  alternatives?: readonly EntryPart[];
  /** Elements that add to the entry, or that make it up if it is a group. */
  parts?: readonly EntryPart[];
  /** Every row of the tables on its path must contain the entry: every axle, every engine. */
  each?: boolean;
  repeats?: boolean;
  /** Confidence in the source of this entry. */
  confidence: 'high' | 'medium' | 'low';
}
