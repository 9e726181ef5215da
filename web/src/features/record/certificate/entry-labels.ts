import { hasWords } from '#shared/domain/folded-text.ts';
import { codesInAnyEdition } from '#shared/domain/catalogue/edition.ts';
import type { Entry, Format, Section } from '#shared/domain/catalogue/entry.ts';
import { entryName } from '#shared/text/names.ts';
import { m } from '#lib/paraglide/messages.js';

export const sectionNames: Record<Section, () => string> = {
  general: m.record_section_general,
  approval: m.record_section_approval,
  construction: m.record_section_construction,
  dimensions: m.record_section_dimensions,
  masses: m.record_section_masses,
  power: m.record_section_power,
  speed: m.record_section_speed,
  axles: m.record_section_axles,
  brakes: m.record_section_brakes,
  bodywork: m.record_section_bodywork,
  coupling: m.record_section_coupling,
  environment: m.record_section_environment,
  miscellaneous: m.record_section_miscellaneous,
  message: m.record_section_message,
  signature: m.record_section_signature,
};

const rowNames: Record<string, () => string> = {
  AxleGroup: m.record_row_axle,
  TyreAxleGroup: m.record_row_tyre,
  TyreTypeGroup: m.record_row_tyre_type,
  InterconnectionWithPoweredAxleGroup: m.record_row_interconnection,
  EnergyConvertorGroup: m.record_row_convertor,
  EnergySourceGroup: m.record_row_source,
  GearRatioGroup: m.record_row_gear,
  MakeGroup: m.record_row_make,
  CommercialNameGroup: m.record_row_commercial_name,
  ManufacturerGroup: m.record_row_manufacturer,
  BodyworkGroup: m.record_row_bodywork,
  ColourGroup: m.record_row_colour,
  RemarkGroup: m.record_row_remark,
  AdvancedSafetySystemsGroup: m.record_row_safety_system,
  MechanicalCouplingGroup: m.record_row_coupling,
  BodyworkTypeGroup: m.record_row_trailer_body,
  EcoInnovationsGroup: m.record_row_eco_innovation,
  AxleGroupGroup: m.record_row_axle_group,
  SigningAuthorityGroup: m.record_row_signer,
};

/** The name of a row of a table: `axle`. */
export const rowName = (group: string): string => (rowNames[group] ?? m.record_row_other)();

/** `Axle 2 · tyre 1`. */
export function rowTitle(groups: readonly string[], numbers: readonly number[]): string {
  const title = groups.map((group, at) => `${rowName(group)} ${numbers[at]}`).join(' · ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** Splits an element name into words: `NumberOfDoorsLeft` becomes `Number of doors left`. */
export function partName(element: string): string {
  const words = element.replace(/^LocationMarkings/, '').replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=\d)/g, ' ');
  return words.charAt(0) + words.slice(1).replaceAll(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}

/** The name of a field: of its entry, or of the part. */
export function fieldName({ entry, part, also }: { entry: Entry; part: string | null; also: boolean }): string {
  if (part === null) return entryName(entry.key);
  return also ? partName(part) : `${entryName(entry.key)}: ${partName(part)}`;
}

/** The code list of a format as options; a code without a known meaning is its own label. */
export function choicesOf(format: Format): { value: string; label: string }[] | null {
  if (format.kind !== 'code') return null;
  return Object.entries(codesInAnyEdition(format.list)).map(([value, label]) => ({
    value,
    label: label === '' ? value : `${value} – ${label}`,
  }));
}

/** Whether an entry matches a search: by the beginning of its number, or by words of its name. */
export function answersTo({ number, key }: Pick<Entry, 'number' | 'key'>, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  if (wanted === '' || number === wanted || number?.startsWith(`${wanted}.`)) return true;
  return /^[\d.]+$/.test(wanted) ? false : hasWords(entryName(key), wanted);
}
