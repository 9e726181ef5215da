import { z } from 'zod';
import { Day, Id } from '../id.ts';
import { Card } from '../record.ts';
import { Waiver, WaiverOutcome, WaiverProposal, WaiverState } from '../waiver.ts';
import { route } from './route.ts';

const one = z.object({ waiver: Id });
const changed = z.object({ waiver: Waiver, card: Card });

export const listWaivers = route({
  method: 'get',
  path: '/api/scopes/{scope}/waivers',
  summary: 'The waivers of a scope, newest first; paged by key',
  params: z.object({ scope: Id }),
  query: z.object({ record: Id.optional(), state: WaiverState.optional(), after: Id.optional() }),
  answer: z.object({ waivers: z.array(Waiver), next: Id.nullable() }),
});

export const proposeWaivers = route({
  method: 'post',
  path: '/api/scopes/{scope}/waivers',
  summary: 'Ask for leave to pass one rule, on one record or on several; each is judged',
  write: true,
  params: z.object({ scope: Id }),
  body: WaiverProposal.extend({ records: z.array(Id).min(1).max(200) }),
  answer: z.object({ outcomes: z.array(WaiverOutcome) }),
});

export const decideWaiver = route({
  method: 'post',
  path: '/api/waivers/{waiver}/decision',
  summary: 'Approve or refuse a proposed waiver; never by the one who asked for it',
  write: true,
  params: one,
  body: z.object({ approve: z.boolean(), note: z.string().trim().max(1000).nullable() }),
  answer: changed,
});

export const extendWaiver = route({
  method: 'post',
  path: '/api/waivers/{waiver}/extension',
  summary: 'Ask for a later end of an active waiver; it is approved again',
  write: true,
  params: one,
  body: z.object({ endsOn: Day, reason: z.string().trim().min(1).max(1000) }),
  answer: changed,
});

export const revokeWaiver = route({
  method: 'post',
  path: '/api/waivers/{waiver}/revocation',
  summary: 'End a proposed or active waiver at once',
  write: true,
  params: one,
  body: z.object({ why: z.string().trim().min(1).max(500) }),
  answer: changed,
});
