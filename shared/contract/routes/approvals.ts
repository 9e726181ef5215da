import { z } from 'zod';
import { Approval, ApprovalContent, ApprovalFile, ApprovalState, ApprovalSummary, NewApproval } from '../approval.ts';
import { Day, Id } from '../id.ts';
import { Card } from '../record.ts';
import { route } from './route.ts';
import { issue } from '../issue-key.ts';

const organisation = z.object({ organisation: Id });
const one = z.object({ approval: Id });

/** Pagination key of an approval's covered records: whether the last record had a regression, and its id. */
const CarriedKey = z
  .string()
  .regex(/^(fallen|standing) [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, issue('cursor.foreign'));

export const listApprovals = route({
  method: 'get',
  path: '/api/organisations/{organisation}/approvals',
  summary: 'The approvals register, by number; paged by key',
  params: organisation,
  query: z.object({
    text: z.string().max(60).optional().describe('Any part of number, authority or type'),
    state: ApprovalState.optional(),
    after: z.string().max(60).optional().describe('`next` of the page before'),
  }),
  answer: z.object({ approvals: z.array(ApprovalSummary), next: z.string().nullable() }),
});

export const registerApproval = route({
  method: 'post',
  path: '/api/organisations/{organisation}/approvals',
  summary: 'Register an approval at one extension',
  write: true,
  params: organisation,
  body: NewApproval,
  answer: Approval,
});

export const getApproval = route({
  method: 'get',
  path: '/api/approvals/{approval}',
  summary: 'An approval at one extension with its files',
  params: one,
  answer: Approval,
});

export const changeApproval = route({
  method: 'put',
  path: '/api/approvals/{approval}',
  summary: 'Change what the register says of it; every record it carries is judged again',
  write: true,
  params: one,
  body: ApprovalContent.extend({ version: z.int32().describe('As the caller saw it; another one now is stale') }),
  answer: Approval,
});

export const withdrawApproval = route({
  method: 'post',
  path: '/api/approvals/{approval}/withdraw',
  summary: 'Withdraw it from a day on; every record it carries is judged again',
  write: true,
  params: one,
  body: z.object({ on: Day, why: z.string().trim().min(1).max(500) }),
  answer: Approval,
});

export const listCarried = route({
  method: 'get',
  path: '/api/approvals/{approval}/records',
  summary:
    'The records that hang on it, in the scopes that the caller may see; those that no longer stand first, paged by key',
  params: one,
  query: z.object({
    fallen: z.union([z.boolean(), z.stringbool()]).optional().describe('Only those that no longer stand'),
    after: CarriedKey.optional(),
  }),
  answer: z.object({
    records: z.array(z.object({ scope: z.object({ id: Id, name: z.string() }), card: Card })),
    waiting: z.int().describe('How many of them are still to be judged again; at most 1000 are counted'),
    next: CarriedKey.nullable(),
  }),
});

export const addApprovalFile = route({
  method: 'post',
  path: '/api/approvals/{approval}/files',
  summary: 'Attach a file: PDF, PNG, JPEG or XML, at most 20 MiB, and what its name says',
  write: true,
  params: one,
  query: z.object({ name: z.string().min(1).max(200) }),
  file: true,
  answer: ApprovalFile,
});

export const getApprovalFile = route({
  method: 'get',
  path: '/api/approvals/{approval}/files/{hash}',
  summary: 'Download an attached file',
  params: one.extend({ hash: z.string().regex(/^[0-9a-f]{64}$/, issue('file.hash')) }),
  answersFile: true,
  answer: z.undefined(),
});
