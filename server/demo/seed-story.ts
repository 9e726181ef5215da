import { dayOf } from '#shared/domain/day.ts';
import * as Y from 'yjs';
import type { Person } from '#shared/contract/person.ts';
import type { DataTree, ReturnReason } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { nodesAt } from '#shared/domain/data-tree.ts';
import { defaultModel, stageKeys } from '#shared/domain/operating-model.ts';
import { assignDuty } from '#server/commands/records/assign-duty.ts';
import type { Services } from '#server/commands/command.ts';
import { editData } from '#server/commands/records/edit-data.ts';
import { assignNextAction } from '#server/commands/records/assign-next-action.ts';
import { moveRecord } from '#server/commands/records/move.ts';
import { raiseException } from '#server/commands/exceptions/raise.ts';
import { reviewRecord } from '#server/commands/records/review.ts';
import { writeDocument } from '#server/documents/write-document.ts';
import type { Cast } from './users.ts';
import type { DemoStep } from './step.ts';
import type { Story } from './story.ts';
import { seedWaiver } from './seed-waiver.ts';

interface Subject {
  id: string;
  scope: string;
  /** The data from its source, and the data of the whole vehicle. */
  imported: DataTree;
  whole: DataTree;
}

/** The steps that bring one record to the state of its story. */
export function seedStory({ id: record, scope, imported, whole }: Subject, story: Story, cast: Cast): DemoStep[] {
  const by = (actor: Person) => ({ actor, operation: null });
  const assign =
    (duty: 'dataOwner' | 'reviewer' | 'outputPreparer' | 'signatory'): DemoStep =>
    (services) =>
      assignDuty(services, by(cast.lead), { record, duty, from: null, to: cast[duty].id });
  const move =
    (actor: Person, from: StageKey, to: StageKey): DemoStep =>
    (services) =>
      moveRecord(services, by(actor), { record, from, to });
  const tick =
    (stage: StageKey, actor: Person): DemoStep =>
    (services) =>
      writeDocument(services, actor, record, (doc) => {
        for (const { id } of defaultModel.checklist.filter((item) => item.stage === stage && item.required)) {
          doc
            .getMap<Y.Map<unknown>>('checklist')
            .get(id)!
            .set('tick', { by: actor.id, at: services.now().toISOString() });
        }
      });
  const complete: DemoStep = (services) => {
    const edits = (story.missing ?? []).map((path) => ({
      path,
      from: nodesAt(imported, path)[0] ?? null,
      to: nodesAt(whole, path)[0]!,
    }));
    return edits.length > 0
      ? editData(services, by(cast.dataOwner), { record, edits, source: 'typed' })
      : Promise.resolve();
  };
  const review =
    (outcome: 'accepted' | 'returned', reasons: readonly ReturnReason[] = []): DemoStep =>
    (services) =>
      reviewRecord(services, by(cast.reviewer), {
        record,
        outcome,
        reasons: [...reasons],
        note: null,
        revision: 1 + (story.missing ? 1 : 0),
      });

  const waiver = story.waiver ? seedWaiver(record, scope, story.waiver, cast) : [];
  const towards: Record<StageKey, DemoStep[]> = {
    intake: [],
    data: [assign('dataOwner')],
    review: [...waiver, complete, tick('data', cast.dataOwner), assign('reviewer')],
    output: [tick('review', cast.reviewer), review('accepted'), assign('outputPreparer')],
    signing: [tick('output', cast.outputPreparer), assign('signatory')],
    delivery: [tick('signing', cast.signatory)],
    archive: [tick('delivery', cast.outputPreparer)],
  };
  const mover: Record<StageKey, Person> = {
    intake: cast.lead,
    data: cast.dataOwner,
    review: cast.dataOwner,
    output: cast.reviewer,
    signing: cast.outputPreparer,
    delivery: cast.signatory,
    archive: cast.outputPreparer,
  };

  const reached = stageKeys.indexOf(story.stage);
  const steps = stageKeys
    .slice(1, reached + 1)
    .flatMap((stage, index) => [...towards[stage], move(mover[stage], stageKeys[index]!, stage)]);
  if (story.ready) steps.push(...(towards[stageKeys[reached + 1]!] ?? []));
  if (story.stage === 'data' && !story.ready) steps.push(assign('reviewer'));
  if (story.waiver && !steps.includes(waiver[0]!)) steps.push(...waiver);
  if (story.returned) steps.push(review('returned', story.returned));
  if (story.edited) {
    const { path, to } = story.edited;
    const from = nodesAt(whole, path)[0]!;
    steps.push((services) =>
      editData(services, by(cast.dataOwner), { record, edits: [{ path, from, to }], source: 'typed' }),
    );
  }
  if (story.comment) steps.push((services) => say(services, record, cast.reviewer, story.comment!));
  if (story.exception) {
    const { kind, severity = 'major', cause, waitingFor, finding } = story.exception;
    const blocks = stageKeys[Math.min(reached + 1, stageKeys.length - 1)]!;
    steps.push((services) =>
      raiseException(services, by(cast.lead), {
        record,
        kind,
        severity,
        cause,
        waitingFor,
        waitingOn: 'others',
        rule: finding?.rule ?? null,
        entry: finding?.entry ?? null,
        blocks,
        owner: cast.lead.id,
        until: null,
      }),
    );
  }
  if (story.next) {
    const { what, dueInDays } = story.next;
    const owner = story.stage === 'intake' ? cast.lead : holderOf(story.stage, cast);
    steps.push((services) => {
      const due = dayOf(new Date(Date.now() + dueInDays * 86_400_000), 'UTC');
      const from = story.stage === 'intake' ? null : owner.id;
      return assignNextAction(services, by(cast.lead), { record, from, to: owner.id, what, due });
    });
  }
  return steps;
}

function holderOf(stage: StageKey, cast: Cast): Person {
  return cast[defaultModel.stages.find(({ key }) => key === stage)!.owner];
}

const say = (services: Services, record: string, actor: Person, text: string) =>
  writeDocument(services, actor, record, (doc) => {
    const at = services.now().toISOString();
    const comment = new Y.Map<unknown>(
      Object.entries({ id: crypto.randomUUID(), by: actor.id, at, body: new Y.Text(text) }),
    );
    const thread = {
      about: 'record',
      openedBy: actor.id,
      openedAt: at,
      resolved: null,
      comments: Y.Array.from([comment]),
    };
    doc.getMap('threads').set(crypto.randomUUID(), new Y.Map<unknown>(Object.entries(thread)));
  });
