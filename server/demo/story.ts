import type { ExceptionSeverity } from '#shared/contract/exception.ts';
import type { ReturnReason } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';

/** The state that one record has reached by today. */
export interface Story {
  stage: StageKey;
  /** Everything that the next gate asks for is done. */
  ready: boolean;
  /** Elements that its source left out and that are still missing. */
  missing?: readonly string[];
  exception?: {
    kind: 'approvalGap' | 'missingData' | 'contradiction' | 'delivery';
    /** Omitted: major. */
    severity?: ExceptionSeverity;
    cause: string;
    waitingFor: string;
    /** The finding it is raised from; omitted: none. */
    finding?: { rule: string; entry: string };
  };
  comment?: string;
  returned?: readonly ReturnReason[];
  /** An entry was changed after the reviewer accepted the data. */
  edited?: { path: string; to: string };
  /** Its data references this extension of the approval; the register has 02. */
  extension?: string;
  waiver?: { rule: string; reason: string; measure: string; endsInDays: number; approved: boolean };
  next?: { what: string; dueInDays: number };
}

const masses = ['CocDataGroup/MassGroup/ActualMass', 'CocDataGroup/MassGroup/TechnicallyPermissibleMaximumLadenMass'];
const tyres = ['CocDataGroup/AxleTable/AxleGroup/1/TyreAxleTable'];
const identity = ['CocDataGroup/VehicleIdentificationNumber'];

const told: Record<StageKey, readonly Omit<Story, 'stage'>[]> = {
  intake: [
    { ready: false },
    { ready: false, missing: identity },
    { ready: true },
    { ready: false, next: { what: 'Find the plant that built it', dueInDays: -1 } },
    { ready: true, missing: masses },
    { ready: false },
  ],
  data: [
    { ready: true, next: { what: 'Hand to review', dueInDays: 1 } },
    {
      ready: false,
      missing: masses,
      exception: {
        kind: 'missingData',
        cause: 'The actual mass is missing: the vehicle was not weighed',
        waitingFor: 'Weighbridge of hall 2',
        finding: { rule: 'R50', entry: 'actualMass' },
      },
      next: { what: 'Get the weighbridge slip', dueInDays: -2 },
    },
    {
      ready: false,
      missing: tyres,
      exception: {
        kind: 'missingData',
        cause: 'Supplier has not confirmed the rear tyre',
        waitingFor: 'Tyre supplier',
      },
    },
    { ready: false, comment: 'The options list names a tow bar, the masses do not. Which one is right?' },
    { ready: true },
    { ready: false, missing: [...masses, ...tyres] },
    {
      ready: true,
      extension: '03',
      waiver: {
        rule: 'R08',
        reason: 'Extension 03 is granted, its certificate has not reached us',
        measure: 'Compared with the draft the authority confirmed by letter',
        endsInDays: 40,
        approved: false,
      },
    },
    {
      ready: false,
      missing: tyres,
      waiver: {
        rule: 'R50',
        reason: 'The supplier confirms the rear tyre with the next delivery',
        measure: 'Tyres of this lot are read off the vehicle and photographed',
        endsInDays: 5,
        approved: true,
      },
    },
  ],
  review: [
    {
      ready: false,
      extension: '03',
      waiver: {
        rule: 'R08',
        reason: 'Extension 03 is granted, its certificate has not reached us',
        measure: 'Compared with the draft the authority confirmed by letter',
        endsInDays: 30,
        approved: true,
      },
    },
    { ready: true, edited: { path: 'CocDataGroup/MaximumSpeed', to: '185' } },
    { ready: true, comment: 'Compared with the register, extension 02 covers this version.' },
    { ready: false, next: { what: 'Compare the extension with the register', dueInDays: 2 } },
    {
      ready: false,
      exception: {
        kind: 'approvalGap',
        severity: 'critical',
        cause: 'Extension 03 is not granted yet',
        waitingFor: 'Approval authority',
      },
    },
    {
      ready: false,
      returned: [
        {
          entry: 'maxLadenMass',
          text: 'That of the five-seat version. The build order has seven seats.',
        },
        { entry: 'maxSpeed', text: 'The approval has 185 for this version.' },
        { entry: null, text: 'Attach the build order to the next round, please.' },
      ],
      edited: { path: 'CocDataGroup/MaximumSpeed', to: '185' },
    },
    { ready: true },
  ],
  output: [
    { ready: true },
    { ready: false, next: { what: 'Make the message', dueInDays: 0 } },
    {
      ready: false,
      exception: {
        kind: 'contradiction',
        cause: 'Sales system shows another colour than production',
        waitingFor: 'Order desk',
      },
    },
    { ready: false, comment: 'Waiting for the new schema check before I make these.' },
  ],
  signing: [{ ready: true }, { ready: false, next: { what: 'Seal', dueInDays: 1 } }, { ready: false }],
  delivery: [
    { ready: true },
    {
      ready: false,
      exception: {
        kind: 'delivery',
        cause: 'Access point rejected the message: unknown approval',
        waitingFor: 'Access point help desk',
      },
    },
    { ready: false },
  ],
  archive: [{ ready: true }],
};

const records: Record<StageKey, number> = {
  intake: 12,
  data: 14,
  review: 10,
  output: 8,
  signing: 6,
  delivery: 6,
  archive: 6,
};

export const stories: readonly Story[] = (Object.keys(records) as StageKey[]).flatMap((stage) =>
  Array.from({ length: records[stage] }, (_, index) => ({ stage, ...told[stage][index % told[stage].length]! })),
);
