import type { DataTree } from '#shared/contract/record.ts';
import { setAt, textAt } from '#shared/domain/data-tree.ts';
import { dayAfter, dayOf } from '#shared/domain/day.ts';
import { approvalPath } from '#shared/domain/rules/approval.ts';
import { sampleApprovals } from '#shared/domain/samples/approvals.ts';
import { sampleKinds } from '#shared/domain/samples/kinds.ts';
import type { Services } from '#server/commands/command.ts';
import { createRecords } from '#server/commands/records/create.ts';
import { planRelease } from '#server/commands/records/plan-release.ts';
import { recordAbsence } from '#server/commands/people/record-absence.ts';
import { registerApproval } from '#server/commands/approvals/register.ts';
import type { Db } from '#server/db/driver/client.ts';
import { loadDemoUsers } from './users.ts';
import type { DemoStep } from './step.ts';
import { stories } from './story.ts';
import { seedStandup } from './seed-standup.ts';
import { seedStory } from './seed-story.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Mostly electric cars, and some of everything else the plant builds. */
const fleet = [
  'pure electric car',
  'plug-in car',
  'pure electric car',
  'electric van',
  'pure electric car',
  'petrol car',
  'pure electric car',
  'diesel van',
  'pure electric car',
  'lorry',
  'plug-in car',
  'trailer',
  'bus',
] as const;

/**
 * Creates the sample organisation. Everything in it is created by commands, at times within the last weeks, so that no
 * state is impossible. For an empty database.
 */
export async function seedDemo(db: Db): Promise<void> {
  const today = Date.now();
  let moment = today - 40 * day;
  const services: Services = {
    db,
    now: () => new Date(moment),
    publish: () => {},
    tell: () => {},
    documentHolds: async () => true,
  };
  const { cast, organisation, scope } = await loadDemoUsers(services);
  for (const approval of sampleApprovals()) {
    await registerApproval(services, { actor: cast.lead, operation: null }, { organisation, ...approval });
  }

  const timeline: { at: number; step: DemoStep }[] = [];
  for (const [index, story] of stories.entries()) {
    const sample: DataTree = sampleKinds[fleet[index % fleet.length]!](index + 1);
    const approval = textAt(sample, approvalPath)!;
    const whole = story.extension ? setAt(sample, approvalPath, approval.replace(/\d\d$/, story.extension)) : sample;
    const imported = (story.missing ?? []).reduce((data, path) => setAt(data, path, null), whole);
    moment = today - (32 - (index % 6)) * day;
    const source = { kind: 'import' as const, file: 'plant-export.xml', row: index + 1 };
    const drafts = [{ data: imported, sourceKey: null, source }];
    const { created } = await createRecords(services, { actor: cast.lead, operation: null }, { scope, drafts });
    const [made] = created;
    if (made?.state !== 'created') throw new Error(`sample vehicle ${index + 1} was not created`);
    const steps = seedStory({ id: made.card.id, scope, imported, whole }, story, cast);
    if (index % 3 === 0) {
      const release = {
        record: made.card.id,
        from: null,
        to: dayAfter(dayOf(new Date(today), 'UTC'), ((index * 5) % 28) - 2),
      };
      const step: DemoStep = (at) => planRelease(at, { actor: cast.lead, operation: null }, release);
      timeline.push({ at: today - 27 * day + index * 1_000, step });
    }
    // The last step is between two hours and ten days ago, the others are before it.
    const end = today - 2 * hour - ((index * 37) % 230) * hour;
    const apart = (end - (today - 26 * day)) / Math.max(steps.length, 1);
    timeline.push(...steps.map((step, at) => ({ at: end - (steps.length - 1 - at) * apart, step })));
  }
  const away = {
    organisation,
    person: cast.signatory.id,
    from: dayAfter(dayOf(new Date(today), 'UTC'), 3),
    until: dayAfter(dayOf(new Date(today), 'UTC'), 9),
  };
  const absence: DemoStep = (at) => recordAbsence(at, { actor: cast.signatory, operation: null }, away);
  timeline.push({ at: today - day, step: absence });
  timeline.push(...seedStandup(scope, cast).map(({ after, step }) => ({ at: today - day + after, step })));
  for (const { at, step } of timeline.sort((a, b) => a.at - b.at)) {
    moment = at;
    await step(services);
  }
}
